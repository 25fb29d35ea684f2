// Lets a device show or make a passkey. The page works without: what needs a
// passkey is hidden until this has found that the browser can.

const canShow = () => window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON
const canMake = () => window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON

class PasskeyForm {
  constructor(form) {
    this.form = form
    this.makes = form.dataset.passkey === 'make'
    if (!(this.makes ? canMake() : canShow())) return
    const block = form.closest('[data-passkey-block]')
    if (block) block.hidden = false
    for (const without of document.querySelectorAll('[data-passkey-without]')) without.hidden = true
    this.status = form.querySelector('[data-passkey-status]')
    form.addEventListener('submit', (event) => {
      if (this.field('passkey').value) return
      event.preventDefault()
      this.run()
    })
  }

  // By its name alone: the button has the id "passkey", for the error summary.
  field(name) {
    return this.form.querySelector(`input[name="${name}"]`)
  }

  async run() {
    if (this.busy) return
    this.busy = true
    this.status.textContent = ''
    try {
      const asked = await this.begin()
      if (asked) {
        const options = asked.options
        const shown = this.makes
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
        this.field('ceremony').value = asked.ceremony
        this.field('passkey').value = JSON.stringify(shown.toJSON())
      }
      this.form.submit()
    } catch (problem) {
      this.status.textContent = explain(problem, this.makes)
    } finally {
      this.busy = false
    }
  }

  // What is to be shown is asked for when it is needed, since it is valid for a
  // few minutes. Where the service answers with a page, the form is sent as it is
  // and that page is shown.
  async begin() {
    const answer = await fetch(this.form.dataset.begin, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ _form: this.field('_form').value })
    })
    const json = (answer.headers.get('Content-Type') || '').startsWith('application/json')
    if (!json) return null
    const said = await answer.json()
    if (!answer.ok) throw new Error(said.problem)
    return said
  }
}

function explain(problem, makes) {
  switch (problem.name) {
    case 'NotAllowedError':
      return makes
        ? 'No passkey was made: the request was closed, or its time was over. Try again when you are ready.'
        : 'No passkey was shown: the request was closed, its time was over, or this device has none for this service. Try again, or choose another way.'
    case 'InvalidStateError':
      return 'This device has a passkey for this service already. You do not need another one on it.'
    case 'SecurityError':
      return 'Passkeys do not work at this address. Choose another way.'
    case 'TypeError':
      return 'The service could not be reached. Check your connection and try again.'
    default:
      return problem.message || 'The passkey could not be used. Try again, or choose another way.'
  }
}

export function offerPasskeys() {
  for (const form of document.querySelectorAll('form[data-passkey]')) new PasskeyForm(form)
}
