// Package question answers questions of those who count: how many failed, by one
// or two characteristics at once, with noise (PUB-11, PUB-12).
//
// micro.go has the records as questions see them, guard.go finds differences
// about a few people between what is asked and everything told before, and
// question.go judges and answers. The log is asked_questions.
package question
