// Package gormmodels are structs that speak GORM's tag language.
package gormmodels

import (
	"database/sql"
	"database/sql/driver"
	"time"

	gofrs "github.com/gofrs/uuid/v5"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

//go:generate go tool gomig generate

// User has every kind of relation.
type User struct {
	gorm.Model
	Name        string  `gorm:"size:100;not null;index:idx_name_age,priority:2"`
	Email       *string `gorm:"size:255;uniqueIndex"`
	Age         uint8   `gorm:"index:idx_name_age,priority:1,sort:desc;check:age > 13"`
	Birthday    *time.Time
	MemberCode  sql.NullString `gorm:"size:20;unique"`
	ActivatedAt sql.NullTime
	Bio         string
	ManagerID   *uint
	Manager     *User
	Team        []User `gorm:"foreignKey:ManagerID"`
	CompanyID   *int
	Company     Company `gorm:"constraint:OnUpdate:CASCADE,OnDelete:SET NULL;"`
	CreditCards []CreditCard
	Account     Account
	Pets        []*Pet     `gorm:"foreignKey:OwnerName;references:Name;constraint:-"`
	Toys        []Toy      `gorm:"polymorphic:Owner"`
	Languages   []Language `gorm:"many2many:user_languages;constraint:OnDelete:CASCADE"`
	Friends     []*User    `gorm:"many2many:user_friends"`
	Ignored     func()     `gorm:"-"`
	Later       string     `gorm:"-:migration"`
	secret      string
}

// Company has a key of its own kind.
type Company struct {
	ID   int    `gorm:"primaryKey;autoIncrement"`
	Name string `gorm:"type:varchar(120);comment:what it is called"`
}

// CreditCard belongs to a user, whose relation says so.
type CreditCard struct {
	gorm.Model
	Number string `gorm:"size:19;default:'none'"`
	UserID uint   `gorm:"index"`
}

// Account is one a user.
type Account struct {
	ID     uint
	UserID sql.Null[uint]
	Number string `gorm:"size:40;index:,class:UNIQUE"`
}

// Pet has no foreign key.
type Pet struct {
	ID        uint64
	OwnerName string `gorm:"size:100"`
	Kind      Kind   `gorm:"size:20;not null;default:cat"`
}

// Kind is a kind of pet.
type Kind string

// Toy is owned by anyone.
type Toy struct {
	ID        int32
	Name      string `gorm:"size:30"`
	OwnerID   uint
	OwnerType string `gorm:"size:30;index:,composite:owner"`
	Price     int    `gorm:"index:,composite:owner"`
}

// Language is shared.
type Language struct {
	Code  string `gorm:"primaryKey;size:5"`
	Name  string `gorm:"size:50;index:idx_lang"`
	Users []User `gorm:"many2many:user_languages"`
}

// Kinds has a column of each Go type.
type Kinds struct {
	ID       string `gorm:"type:varchar(36);primaryKey"`
	Bool     bool   `gorm:"default:true"`
	Int      int    `gorm:"default:-3"`
	Int8     int8
	Int16    int16
	Int32    int32
	Int64    int64
	Uint     uint
	Uint8    uint8
	Uint16   uint16
	Uint32   uint32
	Uint64   uint64
	Sized    int `gorm:"size:24"`
	Float32  float32
	Float64  float64 `gorm:"default:1.5"`
	Exact    float64 `gorm:"precision:12;scale:3"`
	Money    decimal.Decimal
	Price    decimal.Decimal `gorm:"type:decimal(20,8);not null"`
	Bytes    []byte
	Short    []byte `gorm:"size:64"`
	Large    string `gorm:"size:100000"`
	Indexed  string `gorm:"index"`
	Default  string `gorm:"default:open"`
	UUID     uuid.UUID
	Other    gofrs.UUID     `gorm:"type:char(36)"`
	JSON     datatypes.JSON `gorm:"column:json_doc"`
	List     datatypes.JSONSlice[string]
	Typed    datatypes.JSONType[Point]
	Date     datatypes.Date
	Clock    datatypes.Time
	Micro    time.Time `gorm:"precision:6"`
	Whole    time.Time `gorm:"precision:0;not null"`
	Stamp    time.Time `gorm:"autoCreateTime"`
	Since    time.Time `gorm:"default:2020-02-01"`
	Updated  int64     `gorm:"autoUpdateTime:milli"`
	Point    Point     `gorm:"embedded;embeddedPrefix:point_"`
	Author   `gorm:"embedded"`
	Serial   []string `gorm:"serializer:json"`
	Level    Level
	Null8    sql.NullByte
	NullF    sql.NullFloat64
	NullB    sql.NullBool
	Checked  int    `gorm:"check:checked_small,checked < 100"`
	UserURL  string `gorm:"size:10"`
	HTTPCode int    `gorm:"column:status"`
	Raw      string `gorm:"type:text;not null"`
	ReadOnly string `gorm:"->;size:8"`
	Created  string `gorm:"<-:create;size:8"`
}

// TableName is what GORM calls the table.
func (Kinds) TableName() string { return "all_kinds" }

// Point is embedded with a prefix.
type Point struct {
	X, Y int
	Note string `gorm:"size:5;not null"`
}

// Author is embedded without one.
type Author struct {
	AuthorName string `gorm:"size:50;index"`
}

// Level gives the database a string.
type Level int

// Value is the level's name.
func (l Level) Value() (driver.Value, error) {
	if l == 0 {
		return "low", nil
	}
	return "high", nil
}

// Order has a key of two columns and a foreign key to it.
type Order struct {
	Region string      `gorm:"primaryKey;size:2"`
	Number int64       `gorm:"primaryKey;autoIncrement:false"`
	Lines  []OrderLine `gorm:"foreignKey:OrderRegion,OrderNumber;references:Region,Number"`
}

// OrderLine is one line of an order.
type OrderLine struct {
	ID          uint
	OrderRegion string `gorm:"size:2"`
	OrderNumber int64
	Product     string `gorm:"size:40;uniqueIndex:idx_line_product"`
	Part        int    `gorm:"uniqueIndex:idx_line_product"`
}

// Article says what only MySQL has.
type Article struct {
	ID    uint      `gorm:"type:bigint unsigned auto_increment;primaryKey"`
	Title string    `gorm:"size:200;index:,length:10,comment:the beginning"`
	Body  string    `gorm:"type:text;index:,class:FULLTEXT"`
	State string    `gorm:"type:enum('open','closed');not null;default:open"`
	Kind  string    `gorm:"size:10;index:idx_kind,type:hash"`
	At    time.Time `gorm:"type:timestamp;not null;default:CURRENT_TIMESTAMP"`
	Told  uint64    `gorm:"type:BIGINT UNSIGNED NOT NULL DEFAULT 5 COMMENT 'not null, default'"`
	Loud  string    `gorm:"->;type:varchar(60) GENERATED ALWAYS AS (concat(kind, ' null')) STORED"`
	Plain string    `gorm:"type:varchar(50) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL"`
}

// Event says what only PostgreSQL has.
type Event struct {
	ID      int64          `gorm:"type:bigserial;primaryKey"`
	Name    string         `gorm:"index:idx_open,unique,where:closed_at IS NULL;index:idx_lower,expression:lower(name)"`
	Data    datatypes.JSON `gorm:"index:,type:gin"`
	Closed  *time.Time     `gorm:"column:closed_at"`
	Network string         `gorm:"type:inet"`
	Key     uuid.UUID      `gorm:"type:uuid;default:gen_random_uuid()"`
	Told    string         `gorm:"type:varchar(20) COLLATE \"C\" NOT NULL UNIQUE"`
	Low     string         `gorm:"->;type:text GENERATED ALWAYS AS (lower(name)) STORED"`
	Count   int64          `gorm:"type:bigint GENERATED BY DEFAULT AS IDENTITY"`
	Tags    string         `gorm:"type:text[]"`
	Number  int            `gorm:"generated:identity"`
	Double  int            `gorm:"generated:number * 2"`
}

// OnMySQL and OnPostgres are the tables that one of them has alone.
const (
	OnMySQL    = "articles"
	OnPostgres = "events"
)

// Models are all that every database has, for AutoMigrate.
func Models() []any {
	return []any{
		&User{}, &Company{}, &CreditCard{}, &Account{}, &Pet{}, &Toy{}, &Language{}, &Kinds{}, &Order{}, &OrderLine{}, &Shape{}, &Mark{}, &Unusual{},
	}
}

var _ = User{}.secret
