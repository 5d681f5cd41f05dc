package store

import (
	"context"
	"database/sql"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"gewu/internal/fault"
)

var errNewer = fault.New(fault.Conflict, "database_newer",
	"数据库由较新版本的格务写入（结构版本 {is}，本程序只认识到 {known}），请改用新版本程序",
	"The database was written by a newer version of Gewu (schema {is}, this program knows {known}). Use the newer program.")

// known is the number of the last migration that the program has.
func known() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/*/*.sql")
	if err != nil {
		return 0, err
	}
	var last int64
	for _, f := range files {
		number, _, _ := strings.Cut(path.Base(f), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, err
		}
		last = max(last, n)
	}
	return last, nil
}

// refuseNewer fails where a database has migrations that the program does not
// know: it could not keep to rules that it has never heard of. It fails
// otherwise where the database has no migrations at all.
func refuseNewer(ctx context.Context, db *sql.DB) error {
	var is sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&is); err != nil {
		return err
	}
	last, err := known()
	if err == nil && is.Int64 > last {
		return errNewer.With("is", is.Int64).With("known", last)
	}
	return err
}
