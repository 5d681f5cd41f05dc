// Package table reads blank workbooks that departments send down (花名册, 台账,
// 信息采集表, 统计表, 登记表) and tells, for each table in them, what a row is,
// which data element each column asks for and how sure that is, where the
// first row to fill lies and which place, ages and days the title speaks of.
//
//	workbook ──Read──▶ Workbook ──Map──▶ Mapping
//
// Read takes the cells, merged ranges, borders, number formats, drop-down lists
// and comments out of the file. Map finds blocks of framed cells, tells forms
// from lists and lists that run down, finds header rows, and gives every
// column a path of header words (房东信息/联系电话).
//
// A path is then read by two questions. What is asked: a name, a telephone, an
// address, a number of persons. Whose is it: the group above names a party, or
// the column itself does, or the column before it, or else it is that of whom
// or what the row is about. A header is understood only when every word of it
// is explained; whatever is left over makes the column unknown, because a
// wrong element puts a wrong value into somebody's form and an empty column
// does not.
//
// The package needs nothing else of Gewu, no clock and no network, and bounds
// the memory and time that a hostile file may take.
package table
