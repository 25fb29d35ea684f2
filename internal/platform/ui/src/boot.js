// Tells the stylesheet that scripts run, before anything is drawn, so that
// nothing jumps when the rest of the script arrives.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
