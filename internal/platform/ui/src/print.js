// Shows the buttons that print the page; without scripts there is nothing for
// them to do.
export function offerPrinting() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
