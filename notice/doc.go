// Package notice reads official documents of Chinese offices and tells what
// they ask for: who has to do what, how much of it, by when.
//
// Read turns a file into a Document, its paragraphs and table rows in reading
// order. Parse turns a Document into a Plan: tasks with their units, quotas and
// dates, the dated steps of a schedule, and the figures that it reports. Parse
// is pure: the same document gives the same plan, whatever the day, and no
// document makes it fail.
//
// # Numbering
//
// A paper counts its clauses in one or more of these ways, here from outermost
// to innermost. Full-width and half-width forms count alike, and numbers may
// skip or start over.
//
//	chapter   = "第" numeral ( "章" | "编" | "篇" | "部分" ) .   第二章
//	section   = "第" numeral "节" .                              第一节
//	article   = "第" numeral "条" .                              第六条
//	words     = heading without a number .                      任务分工
//	han       = numeral ( "、" | "." ) .                         三、
//	hanParen  = "(" numeral ")" .                                （一）
//	arabic    = digits ( "." | "、" ) .                          1．
//	decimal   = digits "." digits [ "." digits ] .               2.1
//	paren     = "(" digits ")" | digits ")" .                    （1）
//	circled   = "①" … "⑳" .
//	spoken    = numeral ( "是" | "要" ) .                         一是
//
// A clause stands inside the nearest clause above it that counts in a way
// further out, and beside the nearest one that counts in the same way.
// Headings without numbers count only in a paper that has no numbered ones.
// The kinds from paren inwards, and （一） and 1., also count within a
// paragraph: "一是…；二是…".
//
// # Stages
//
// The files follow the way of a document through the parser:
//
//	rewrap.go     lines of a broken paragraph joined
//	prose.go      a paragraph folded to one form, with the way back to its bytes
//	frame.go      title, number, addressee, signature, date of issue
//	numbering.go  the number at the beginning of a paragraph, and within it
//	outline.go    papers and clauses: a tree
//	table.go      rows and columns; layout.go: columns without headings;
//	              stacked.go: tables saved a cell a line
//	clauses.go    which paragraphs of a clause are tasks
//	instruct.go   what tells somebody to do something, and what only looks so
//	task.go       a paragraph and what is known around it, made into a task
//	bracket.go    the bracket that closes a clause, and assign.go: what it says
//	actors.go     who acts in a sentence
//	units.go      names of units in running text; names.go: in a list
//	figure.go     numbers with a unit; numeral.go: numbers; period.go: 每季度
//	quota.go      which of them are targets; basis.go: which are not
//	date.go       points of time; due.go: which of them are limits; since.go:
//	              limits that run from the date of issue
//	stage.go      dated steps; findings.go: figures that are reported
//	lexicon/      the words that the rules go by
//
// Rules are about the language of such documents, never about one of them. A
// word that a rule needs belongs into lexicon/; a case that goes wrong belongs
// into testdata/plan, with what should come out.
package notice
