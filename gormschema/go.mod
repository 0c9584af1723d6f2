module github.com/gomig-dev/gomig/gormschema

go 1.26.4

replace github.com/gomig-dev/gomig => ../

require (
	github.com/gomig-dev/gomig v0.0.0-00010101000000-000000000000
	gorm.io/gorm v1.31.2
)

require (
	github.com/jinzhu/inflection v1.0.0 // indirect
	github.com/jinzhu/now v1.1.5 // indirect
	golang.org/x/text v0.41.0 // indirect
)
