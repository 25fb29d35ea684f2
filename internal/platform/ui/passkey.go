package ui

// PasskeyOptions describes a form that a device answers with a passkey. It is
// hidden until scripts run and the browser can: PasskeyWithout says what to do
// otherwise. The children come before the button.
type PasskeyOptions struct {
	Action  string
	Token   string
	Begin   string // where the browser asks what is to be shown or made
	Makes   bool   // a new passkey is made, rather than one shown
	Button  string
	Kind    ButtonKind
	Heading string // hidden with the form; none when empty
	Hidden  []HiddenField
}

func (o PasskeyOptions) does() string {
	if o.Makes {
		return "make"
	}
	return "show"
}
