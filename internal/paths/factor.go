package paths

import "net/url"

// SignInPasskey signs in with a passkey.
func SignInPasskey() string { return "/sign-in/passkey" }

// SignInPasskeyBegin asks the browser for a passkey, before anybody is known.
func SignInPasskeyBegin() string { return "/sign-in/passkey/begin" }

// SignInPassword signs in with a password, where they are turned on.
func SignInPassword() string { return "/sign-in/password" }

// SecondStep asks for the second step of a sign-in.
func SecondStep() string { return "/sign-in/second-step" }

// SecondStepBegin asks the browser for a passkey as the second step.
func SecondStepBegin() string { return "/sign-in/second-step/begin" }

// SecondNeeded tells somebody that their role asks for a second step, and lets
// them set one up or give it.
func SecondNeeded() string { return "/account/second-step" }

// ProveBegin asks the browser for a passkey, to prove presence again.
func ProveBegin() string { return "/account/prove/begin" }

// Kept shows the words of a form that was kept, where it can no longer be sent.
func Kept() string { return "/account/kept" }

// ExtendSession puts the end of a session off.
func ExtendSession() string { return "/session/extend" }

// PasskeyNew adds a passkey.
func PasskeyNew() string { return "/account/passkeys/new" }

// PasskeyBegin asks the browser to make a passkey.
func PasskeyBegin() string { return "/account/passkeys/begin" }

// Passkey renames a passkey.
func Passkey(id string) string { return "/account/passkeys/" + url.PathEscape(id) }

// PasskeyRemove removes a passkey.
func PasskeyRemove(id string) string { return Passkey(id) + "/remove" }

// AppStart begins to set up an authenticator app.
func AppStart() string { return "/account/app" }

// AppNew shows what the app has to be told, and asks for a code from it.
func AppNew() string { return "/account/app/new" }

// AppPicture is the picture that the app reads.
func AppPicture() string { return "/account/app/picture.svg" }

// AppRemove removes the authenticator app.
func AppRemove() string { return "/account/app/remove" }

// PrintedCodes makes codes to print, and shows them once.
func PrintedCodes() string { return "/account/printed-codes" }

// Password sets the password.
func Password() string { return "/account/password" }

// PasswordRemove removes the password.
func PasswordRemove() string { return "/account/password/remove" }
