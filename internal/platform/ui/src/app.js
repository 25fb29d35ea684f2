// The behaviour that makes pages easier where scripts run. Each page works
// without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll
} from 'govuk-frontend'
import { offerPasskeys } from './passkey.js'
import { offerPrinting } from './print.js'
import { watchSession } from './session.js'

// ARIA gives a radio no expanded state, so it is taken off again; what is
// revealed follows the radio directly, where it is read next.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input)
    input.removeAttribute('aria-expanded')
  }
}

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PlainRadios,
  ServiceNavigation,
  SkipLink
]

for (const component of components) createAll(component)
offerPasskeys()
offerPrinting()
watchSession()
