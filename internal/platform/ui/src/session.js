// Tells in good time that the session is about to end, and lets whoever is
// there stay. Every open page knows when another page has put the end off.

const warnAt = 5 * 60 * 1000
const remindAt = 60 * 1000

class SessionNotice {
  constructor(root) {
    this.form = root.querySelector('form')
    this.at = root.querySelector('[data-session-at]')
    this.build()
    this.until(Date.now() + Number(root.dataset.sessionLeft) * 1000)
    // A machine that has slept wakes up here.
    document.addEventListener('visibilitychange', () => this.tick())
    if ('BroadcastChannel' in window) {
      this.pages = new BroadcastChannel('asye-session')
      this.pages.addEventListener('message', (event) => this.until(event.data))
      this.pages.postMessage(this.end)
    }
  }

  // The region is on the page from the start, so that what is put into it is
  // announced.
  build() {
    this.bar = document.createElement('section')
    this.bar.className = 'asye-session-notice'
    this.bar.setAttribute('aria-label', 'Your session')
    this.text = document.createElement('p')
    this.text.className = 'govuk-body'
    this.text.setAttribute('role', 'alert')
    this.button = document.createElement('button')
    this.button.type = 'button'
    this.button.className = 'govuk-button govuk-button--secondary'
    this.button.textContent = 'Stay signed in'
    this.button.hidden = true
    this.button.addEventListener('click', () => this.extend())
    this.bar.append(this.text, this.button)
    document.body.append(this.bar)
  }

  until(end) {
    this.end = end
    this.told = Infinity
    this.say('')
    this.tick()
  }

  tick() {
    clearTimeout(this.timer)
    const left = this.end - Date.now()
    const due = [warnAt, remindAt, 0].filter((at) => left <= at).pop()
    if (due !== undefined && due < this.told) {
      this.told = due
      this.tell(due, left)
    }
    const next = [warnAt, remindAt, 0].find((at) => left > at)
    if (next !== undefined) this.timer = setTimeout(() => this.tick(), Math.min(left - next, 2 ** 31 - 1))
  }

  tell(due, left) {
    if (due === 0) {
      this.say('You have been signed out. What you typed is still on this page: send it, sign in again, and it will be there.')
      return
    }
    const minutes = Math.max(1, Math.round(left / 60000))
    this.say(`You will be signed out in ${minutes === 1 ? '1 minute' : minutes + ' minutes'} if you do nothing. What you have typed is kept.`, true)
  }

  say(words, canStay = false) {
    this.text.textContent = words
    this.button.hidden = !canStay
    this.bar.classList.toggle('asye-session-notice--shown', words !== '')
    document.documentElement.classList.toggle('asye-noticed', words !== '')
  }

  async extend() {
    try {
      const answer = await fetch(this.form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams(new FormData(this.form))
      })
      const { left, at } = await answer.json()
      this.at.textContent = at
      this.until(Date.now() + left * 1000)
      if (this.pages) this.pages.postMessage(this.end)
    } catch {
      this.say('The service could not be reached, or you have been signed out. What you typed is still on this page.', true)
    }
  }
}

export function watchSession() {
  const root = document.querySelector('[data-session-left]')
  if (root) new SessionNotice(root)
}
