// Package bunmodels are structs that speak bun's tag language.
package bunmodels

import (
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
)

//go:generate go tool gomig generate

// User is a model with relations.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID        int64     `bun:",pk,autoincrement"`
	Email     string    `bun:"email,notnull,unique"`
	FirstName string    `bun:",unique:full_name"`
	LastName  string    `bun:",unique:full_name"`
	CompanyID *int64    `bun:"company_id"`
	Company   *Company  `bun:"rel:belongs-to,join:company_id=id,on_delete:SET NULL"`
	Profile   *Profile  `bun:"rel:has-one,join:id=user_id"`
	Stories   []*Story  `bun:"rel:has-many,join:id=author_id"`
	Tags      []Tag     `bun:"m2m:user_to_tags,join:User=Tag"`
	CreatedAt time.Time `bun:",nullzero,notnull,default:current_timestamp"`
	DeletedAt time.Time `bun:",soft_delete,nullzero"`
	Secret    string    `bun:"-"`
	Posts     int       `bun:",scanonly"`
}

// Company has the name that bun gives it.
type Company struct {
	ID   int64  `bun:",pk,autoincrement"`
	Name string `bun:"type:varchar(80),notnull,default:'none'"`
	Address
	Bill Address `bun:"embed:bill_"`
}

// Address is embedded.
type Address struct {
	Street string
	City   string `bun:"type:varchar(40)"`
}

// Profile is one a user.
type Profile struct {
	ID     int32 `bun:",pk,autoincrement"`
	UserID int64
	User   *User `bun:"rel:belongs-to,on_delete:CASCADE,on_update:CASCADE"`
	Lang   string
}

// Story belongs to its author.
type Story struct {
	ID       int64 `bun:"id,pk,autoincrement"`
	Title    string
	AuthorID int64
	Author   *User `bun:"rel:belongs-to,join:author_id=id"`
}

// Tag is shared.
type Tag struct {
	ID   int16  `bun:",pk,autoincrement"`
	Name string `bun:",unique"`
}

// UserToTag is the table between two.
type UserToTag struct {
	bun.BaseModel `bun:"table:user_to_tags"`

	UserID int64 `bun:",pk"`
	User   *User `bun:"rel:belongs-to,join:user_id=id"`
	TagID  int16 `bun:",pk"`
	Tag    *Tag  `bun:"rel:belongs-to,join:tag_id=id"`
}

// Kinds has a column of each Go type.
type Kinds struct {
	ID      string `bun:"type:char(36),pk"`
	Bool    bool   `bun:",notnull,default:false"`
	Int     int    `bun:"default:-3"`
	Int8    int8
	Int16   int16
	Int32   int32
	Int64   int64
	Uint8   uint8
	Uint32  uint32
	Uint64  uint64
	Float32 float32
	Float64 float64
	Price   string `bun:"type:decimal(12,2)"`
	Bytes   []byte
	Text    string    `bun:"type:text"`
	UUID    uuid.UUID `bun:"type:char(36)"`
	Raw     json.RawMessage
	Map     map[string]any
	List    []string
	Nested  Address `bun:"nested_doc"`
	NullS   sql.NullString
	NullI   sql.NullInt64
	NullB   sql.NullBool
	NullF   sql.NullFloat64
	NullT   sql.NullTime
	BunT    bun.NullTime
	Ptr     *string
	HTTPURL string
	Date    time.Time `bun:"type:date"`
}

// Counter says what bun knows on PostgreSQL alone.
type Counter struct {
	ID    int64    `bun:",pk,identity"`
	Words []string `bun:",array"`
	Sizes []int32  `bun:",array"`
	Doc   any      `bun:"type:jsonb"`
	Range string   `bun:"type:int4range"`
	At    string   `bun:"type:timestamp"`
	Key   string   `bun:"type:uuid,default:gen_random_uuid()"`
	Told  string   `bun:"type:text NOT NULL DEFAULT 'x'"`
}

// OnPostgres is the table that PostgreSQL has alone.
const OnPostgres = "counters"

// Models are all that every database has, in an order in which they can be created.
func Models() []any {
	return []any{
		(*Company)(nil), (*User)(nil), (*Profile)(nil), (*Story)(nil), (*Tag)(nil), (*UserToTag)(nil), (*Kinds)(nil), (*Unusual)(nil),
		(*Shelf)(nil), (*Badge)(nil), (*Board)(nil),
	}
}
