// Package code knows the identifiers that Chinese offices write into forms:
// places, residents, organisations, vehicles, telephones, dates, and the code
// lists behind sex, ethnic group, education and the like. It reads them as
// people type them, says exactly what is wrong, and writes them back whole or
// masked. It needs nothing else of Gewu, no clock and no network.
//
// # Reading
//
// Every ParseX cleans first: full-width characters become half-width, letters
// upper case; spaces, zero-width and other invisible characters and the
// apostrophe that spreadsheets put before text fall away. What remains must be
// the identifier and nothing else. A value is either valid or the zero value;
// the zero value means "none" and is the empty text.
//
// A failed parse returns an *[Error]: a stable Code for programs, Sentence("zh")
// and Sentence("en") for people. An Error never holds the identifier itself, so
// it may be logged.
//
// # Spreadsheets
//
// A spreadsheet that stores an identifier as a number keeps 15 digits of it.
// 1.10101E+17 and 18 digits that end in 000 and fail their check are refused
// with CodePrecision; the lost digits are never guessed.
//
// # Numbers for tests
//
// No area and no place code begins with 99. Numbers made by [MakeResidentID]
// use such areas, so they belong to nobody; the parsers accept them, and
// [ResidentID.Kind] tells them apart as [Example].
package code
