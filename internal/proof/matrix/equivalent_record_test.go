package matrix

// equivalentInRecords are mutants of registrations, employers, equality answers, uploads and rights
// that change nothing that anybody could see, by place, with the reason.
var equivalentInRecords = map[string]string{
	"registration findTwins: condition: n.person_id <> $2": "the person's own number is the one that is sought, and the same number is left out beside it",

	"registration/upload staged: condition: org_id = $2":  secondLock,
	"registration/upload close: condition: org_id = $3":   secondLock,
	"registration/upload record: condition: org_id = $7":  secondLock,
	"registration/upload Mend: condition: org_id = $8":    secondLock,
	"registration/upload Discard: condition: org_id = $3": secondLock,
}

const secondLock = "a second lock: the upload with this identifier was found just before, as the organisation's own"
