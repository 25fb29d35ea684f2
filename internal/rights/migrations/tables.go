package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "holds", Title: "Holds", Holds: "Whose data must not be erased for now, and why.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"id", "person_id", "placed_by"}, Special: {"reason"}, Work: {"placed_at", "lifted_at"}},
	Asked:   []string{"reason"}, Also: []Mention{{Column: "placed_by"}},
}, {
	Name: "erasures", Kind: "erasure", Title: "Erasures", Holds: "That somebody was erased, when and why, without saying who it was.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id", "person_id"}, Plain: {"reason", "ground", "rows_gone", "erased_at"}},
}}
