module gewu

go 1.26
