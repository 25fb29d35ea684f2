// Package ui draws pages: the layout around every page, the components it is
// made of, and the styles, scripts and icon that it is served with.
//
// It follows GOV.UK Frontend, whose examples its tests are held to, with a few
// components of MOJ Frontend. It carries neither the crown nor the GDS
// Transport typeface, which belong to GOV.UK. Every page works without
// scripts, by keyboard, and on a screen 320 pixels wide, and needs nothing
// inline, so that a strict content security policy holds.
//
// # A page
//
//	templ sessionNew(v sessionNewView) {
//		@ui.Layout(v.Page) {
//			@ui.Heading("Record a supervision session", v.Name)
//			@ui.Form(ui.FormOptions{Token: v.Form}) {
//				@ui.DateInput(ui.DateInputOptions{Name: "held_on", Legend: "When was it?", Value: v.HeldOn, Problems: v.Problems})
//				@ui.Button(ui.ButtonOptions{Text: "Save and continue"})
//			}
//		}
//	}
//
// Component X takes XOptions, or the few plain values that say it all. Fields
// take the page's whole fault.Problems and find their own by Name, which is
// also their id: [Layout] puts the error summary on top with links that work,
// and "Error:" in the title.
//
// # The components
//
// Around the page: [Layout], [Heading], [Mark], [PhaseBanner],
// [NotificationBanner], [ErrorSummary].
//
// Forms: [Form], [Input], [Textarea], [CharacterCount], [DateInput], [Radios],
// [Checkboxes], [Select], [FileUpload], [Fieldset], [Hint], [ErrorMessage],
// [Button], [ButtonGroup], [ConfirmForm], [Conflict], [PasskeyForm].
// [ParseDateField] reads a date back as it was typed.
//
// Words: [InsetText], [WarningText], [Details], [Panel], [Tag], [EmptyState].
//
// Records: [SummaryList], [TaskList], [IdentityBar], [SubNavigation],
// [Timeline].
//
// Lists: [Table] with the cells [Text], [Number], [LinkTo] and [Part];
// [Pagination] with [Pages] and [Showing]; [Filter], [Search].
//
// Figures: [Figures], [BarChart]; every chart stands beside its table.
//
// [Gallery] shows them all, in each of their states.
//
// # Assets
//
// [Assets] serves /assets/. The styles and scripts are built into dist by
// internal/tools/assets and are not kept in version control; without them the
// pages are served with the short hand-written static/plain.css, which is
// plain but complete. [Theme] is what an operator may change.
package ui
