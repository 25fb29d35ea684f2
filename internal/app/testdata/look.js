// What the browser can tell of a page. Each function gives a list of findings;
// an empty list is a good page. net_accessibility_test.go calls them.
(() => {
  const flat = text => (text || "").replace(/\s+/g, " ").trim()
  const said = e => flat(e.outerHTML).slice(0, 140)
  const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0
  const hidden = e => !!e.closest(".govuk-visually-hidden, .govuk-visually-hidden-focusable, [hidden]") || getComputedStyle(e).clipPath === "inset(50%)"
  const scrolls = e => !!e.closest(".asye-scroll, .moj-scrollable-pane")
  const all = selector => [...document.querySelectorAll(selector)]
  const focusable = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]").filter(e => seen(e) && !e.disabled && e.tabIndex >= 0)

  // One heading of the first level, and none skipped; a title; what was refused
  // says so first of all, and leads to where it is mended.
  const outline = refused => {
    const out = []
    const levels = all("h1, h2, h3, h4, h5, h6").filter(seen).map(h => Number(h.tagName[1]))
    const ones = levels.filter(l => l === 1).length
    if (ones !== 1) out.push(`${ones} headings of level 1`)
    levels.forEach((l, i) => { if (i > 0 && l > levels[i - 1] + 1) out.push(`after a heading of level ${levels[i - 1]} comes one of level ${l}`) })
    all("h1, h2, h3, h4, h5, h6").forEach(h => { if (!flat(h.textContent)) out.push("an empty heading") })
    if (!document.title || document.title.startsWith(" - ")) out.push("no title")
    if (document.documentElement.lang !== "en") out.push("no language")
    const summary = document.querySelector(".govuk-error-summary")
    refused = refused && !!document.querySelector("main input:not([type=hidden]), main select, main textarea")
    if (refused && !document.title.startsWith("Error: ")) out.push(`refused under the title ${document.title}`)
    if (refused && !summary) out.push("refused without a summary of what is wrong")
    if (!refused && !summary && document.title.startsWith("Error: ")) out.push("an error in the title and none on the page")
    all(".govuk-error-summary a").forEach(a => { if (!document.getElementById(a.hash.slice(1))) out.push(`the summary leads nowhere: ${a.hash}`) })
    return out
  }

  // Nothing is announced twice.
  const announced = () => {
    const out = []
    const alerts = all("[role=alert]").filter(e => seen(e) && flat(e.textContent))
    if (alerts.length > 1) out.push(`two alerts: ${alerts.map(said).join(" and ")}`)
    const ids = all("[id]").map(e => e.id)
    ids.forEach((id, i) => { if (ids.indexOf(id) !== i) out.push(`the id ${id} twice`) })
    all("[aria-describedby]").forEach(e => {
      const refs = e.getAttribute("aria-describedby").split(/\s+/)
      if (new Set(refs).size !== refs.length) out.push(`described twice by the same: ${said(e)}`)
      const texts = refs.map(id => flat((document.getElementById(id) || {}).textContent))
      if (texts.some(t => !t)) out.push(`described by nothing: ${said(e)}`)
      if (new Set(texts).size !== texts.length) out.push(`described twice in the same words: ${said(e)}`)
    })
    all("a, button, summary, label, legend, th, caption, h1, h2, h3").forEach(e => {
      const words = flat(e.textContent).toLowerCase()
      const half = words.slice(0, words.length / 2).trim()
      if (half.length > 3 && words === `${half} ${half}`) out.push(`says its words twice: ${said(e)}`)
      if (e.title && flat(e.title) === flat(e.textContent)) out.push(`its title repeats it: ${said(e)}`)
      const label = flat(e.getAttribute("aria-label")).toLowerCase()
      if (label && words && !hidden(e) && !label.includes(words) && e.matches("a, button")) out.push(`is called otherwise than it reads: ${said(e)}`)
    })
    const named = new Map()
    all("main a[href], main button").filter(e => seen(e) && !e.closest("tr")).forEach(e => {
      const name = flat(e.textContent).toLowerCase(), to = e.href || e.form && e.form.action + JSON.stringify([...new FormData(e.form)].filter(p => p[0] !== "_form")) || ""
      if (named.has(name) && named.get(name) !== to) out.push(`two that lead to different places are both called "${name}"`)
      named.set(name, to)
    })
    return [...new Set(out)]
  }

  // Nothing reaches beyond the screen, is cut off, or lies on something else. A
  // wide table may scroll in its own region, which the keyboard reaches.
  const fits = paper => {
    const out = [], wide = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth > wide + 1) {
      const widest = all("body *").filter(e => seen(e) && !hidden(e) && !scrolls(e) && e.getBoundingClientRect().right > wide + 1).pop()
      out.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${wide} pixels${widest ? ", for " + said(widest) : ""}`)
    }
    if (!paper) all(".asye-scroll").forEach(e => { if (e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0) out.push(`scrolls and cannot be reached by keyboard: ${said(e)}`) })
    const leaves = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const e = n.parentElement
      if (!flat(n.data) || e.matches("script, style, option, optgroup, title, text, desc") || !seen(e) || hidden(e)) continue
      const range = document.createRange()
      range.selectNodeContents(n)
      for (const r of range.getClientRects()) {
        if (r.width < 1) continue
        if ((paper || !scrolls(e)) && (r.right > wide + 1 || r.left < -1)) out.push(`reaches beyond the screen: "${flat(n.data).slice(0, 60)}" in ${said(e)}`)
        leaves.push({ e, r, text: flat(n.data) })
      }
    }
    for (const { e, r, text } of leaves) {
      for (let up = e; up && up !== document.body; up = up.parentElement) {
        const s = getComputedStyle(up), box = up.getBoundingClientRect()
        if (/hidden|clip/.test(s.overflowX) && (r.right > box.right + 1 || r.left < box.left - 1) || /hidden|clip/.test(s.overflowY) && (r.bottom > box.bottom + 1 || r.top < box.top - 1)) out.push(`"${text.slice(0, 60)}" is cut off by ${said(up)}`)
      }
    }
    for (let i = 0; i < leaves.length; i++) {
      for (let j = i + 1; j < leaves.length && j < i + 40; j++) {
        const a = leaves[i], b = leaves[j]
        const x = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), y = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top)
        if (a.e !== b.e && !a.e.contains(b.e) && !b.e.contains(a.e) && x > 2 && y > Math.min(a.r.height, b.r.height) / 2) out.push(`"${a.text.slice(0, 40)}" lies on "${b.text.slice(0, 40)}"`)
      }
    }
    return [...new Set(out)].slice(0, 8)
  }

  // The spacing of text that a reader may set (WCAG 1.4.12).
  const space = () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }")
    document.adoptedStyleSheets = [sheet]
  }
  const unspace = () => { document.adoptedStyleSheets = [] }

  // Each stop of the keyboard is big enough to be hit, in the order in which it
  // is read, and shows that it has the focus.
  const looks = e => {
    const look = (el, pseudo) => { const s = getComputedStyle(el, pseudo); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.color, s.borderColor].join() }
    return [e, ...e.labels || [], e.nextElementSibling].filter(Boolean).map(el => look(el) + look(el, "::before") + look(el, "::after")).join()
  }
  const stops = () => {
    const out = []
    all("[tabindex]").forEach(e => { if (e.tabIndex > 0) out.push(`is out of order: ${said(e)}`) })
    for (const e of focusable()) {
      const off = looks(e)
      e.focus({ preventScroll: true })
      const on = looks(e)
      if (document.activeElement !== e) out.push(`cannot have the focus: ${said(e)}`)
      else if (on === off) out.push(`does not show that it has the focus: ${said(e)}`)
      e.blur()
    }
    return out
  }

  // What has the focus now: where it lies in the page, and whether it is seen.
  const here = () => {
    const e = document.activeElement
    if (!e || e === document.body) return { at: -1, says: "" }
    const box = e.getClientRects()[0] || e.getBoundingClientRect(), out = { at: all("*").indexOf(e), says: "" }
    const label = e.matches("[type=radio], [type=checkbox]") && e.labels[0]
    if (box.width < 1 || box.height < 1) out.says = `the focus is on something unseen: ${said(e)}`
    else if (box.bottom < 1 || box.top > innerHeight - 1) out.says = `the focus is off the screen: ${said(e)}`
    else {
      const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1)
      const top = document.elementFromPoint(x, y)
      if (top && top !== e && !e.contains(top) && !top.contains(e) && !(label && label.contains(top))) out.says = `the focus of ${said(e)} is hidden by ${said(top)}`
    }
    return out
  }

  // Without scripts everything that can be filled in is there to be seen. A
  // passkey needs a script, and so does printing by a button: the page has
  // another way.
  const plain = () => all("main input:not([type=hidden]), main select, main textarea, main button").filter(e => !seen(e) && !e.closest("details:not([open]), [data-passkey-block], [data-print]")).map(e => `is not to be seen without scripts: ${said(e)}`)

  // On paper the heading and every fact is there, and nothing to press.
  const paper = () => {
    const out = fits(true)
    if (!seen(document.querySelector("h1"))) out.push("the heading is not printed")
    all("nav, main button, footer").filter(e => seen(e) && flat(e.innerText) && !e.closest(".asye-account")).forEach(e => out.push(`is printed: ${said(e)}`))
    return out
  }

  return { outline, announced, fits, space, unspace, stops, here, plain, paper, count: () => focusable().length }
})()
