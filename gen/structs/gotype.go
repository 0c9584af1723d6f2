package structs

import (
	"go/types"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// kind is what a Go type is to a database.
type kind uint8

const (
	unknown kind = iota
	boolean
	integer
	floating
	text
	binary
	moment    // a day and a time of day
	day       // a calendar day
	timeOfDay // a time of day
	uuid
	decimal
	document // JSON
	address  // an IP address or network
	object   // a struct that is none of the above
	sequence // a slice or array that is none of the above
	mapping
)

// goType is a Go type without pointers and options.
type goType struct {
	kind     kind
	bits     int // of an integer or float
	unsigned bool
	null     bool         // it was a pointer, a sql.Null or an option
	typ      types.Type   // what is left
	named    *types.Named // typ, if it is a named type
	length   int64        // of an array
	elem     types.Type   // of a slice or array
}

// wellKnown are the types of libraries whose columns are known, by import path
// without the version, and name.
var wellKnown = map[string]goType{
	"time.Time":                  {kind: moment},
	"database/sql.NullString":    {kind: text, null: true},
	"database/sql.NullInt64":     {kind: integer, bits: 64, null: true},
	"database/sql.NullInt32":     {kind: integer, bits: 32, null: true},
	"database/sql.NullInt16":     {kind: integer, bits: 16, null: true},
	"database/sql.NullByte":      {kind: integer, bits: 8, unsigned: true, null: true},
	"database/sql.NullBool":      {kind: boolean, null: true},
	"database/sql.NullFloat64":   {kind: floating, bits: 64, null: true},
	"database/sql.NullTime":      {kind: moment, null: true},
	"encoding/json.RawMessage":   {kind: document},
	"net.IP":                     {kind: address},
	"net.IPNet":                  {kind: address},
	"net/netip.Addr":             {kind: address},
	"net/netip.Prefix":           {kind: address},
	"gorm.io/gorm.DeletedAt":     {kind: moment, null: true},
	"gorm.io/datatypes.JSON":     {kind: document},
	"gorm.io/datatypes.JSONMap":  {kind: document},
	"gorm.io/datatypes.JSONType": {kind: document}, "gorm.io/datatypes.JSONSlice": {kind: document},
	"gorm.io/datatypes.Date": {kind: day}, "gorm.io/datatypes.Time": {kind: timeOfDay}, "gorm.io/datatypes.UUID": {kind: uuid},
	"github.com/uptrace/bun.NullTime":        {kind: moment, null: true},
	"github.com/uptrace/bun/schema.NullTime": {kind: moment, null: true},
	"github.com/google/uuid.UUID":            {kind: uuid}, "github.com/google/uuid.NullUUID": {kind: uuid, null: true},
	"github.com/gofrs/uuid.UUID": {kind: uuid}, "github.com/gofrs/uuid.NullUUID": {kind: uuid, null: true},
	"github.com/satori/go.uuid.UUID": {kind: uuid}, "github.com/satori/go.uuid.NullUUID": {kind: uuid, null: true},
	"github.com/shopspring/decimal.Decimal":      {kind: decimal},
	"github.com/shopspring/decimal.NullDecimal":  {kind: decimal, null: true},
	"github.com/cockroachdb/apd.Decimal":         {kind: decimal},
	"github.com/cockroachdb/apd.NullDecimal":     {kind: decimal, null: true},
	"github.com/jmoiron/sqlx/types.JSONText":     {kind: document},
	"github.com/jmoiron/sqlx/types.NullJSONText": {kind: document, null: true},
	"cloud.google.com/go/civil.Date":             {kind: day},
	"cloud.google.com/go/civil.Time":             {kind: timeOfDay},
	"cloud.google.com/go/civil.DateTime":         {kind: moment},
	"github.com/guregu/null.String":              {kind: text, null: true},
	"github.com/guregu/null.Int":                 {kind: integer, bits: 64, null: true},
	"github.com/guregu/null.Int16":               {kind: integer, bits: 16, null: true},
	"github.com/guregu/null.Int32":               {kind: integer, bits: 32, null: true},
	"github.com/guregu/null.Float":               {kind: floating, bits: 64, null: true},
	"github.com/guregu/null.Bool":                {kind: boolean, null: true},
	"github.com/guregu/null.Time":                {kind: moment, null: true},
	"github.com/jackc/pgx/pgtype.Text":           {kind: text, null: true},
	"github.com/jackc/pgx/pgtype.Int2":           {kind: integer, bits: 16, null: true},
	"github.com/jackc/pgx/pgtype.Int4":           {kind: integer, bits: 32, null: true},
	"github.com/jackc/pgx/pgtype.Int8":           {kind: integer, bits: 64, null: true},
	"github.com/jackc/pgx/pgtype.Float4":         {kind: floating, bits: 32, null: true},
	"github.com/jackc/pgx/pgtype.Float8":         {kind: floating, bits: 64, null: true},
	"github.com/jackc/pgx/pgtype.Bool":           {kind: boolean, null: true},
	"github.com/jackc/pgx/pgtype.Numeric":        {kind: decimal, null: true},
	"github.com/jackc/pgx/pgtype.UUID":           {kind: uuid, null: true},
	"github.com/jackc/pgx/pgtype.Date":           {kind: day, null: true},
	"github.com/jackc/pgx/pgtype.Time":           {kind: timeOfDay, null: true},
	"github.com/jackc/pgx/pgtype.Timestamp":      {kind: moment, null: true},
	"github.com/jackc/pgx/pgtype.Timestamptz":    {kind: moment, null: true},
}

// options are the names of generic types of one argument that hold a value or none.
var options = map[string]bool{"Null": true, "Nullable": true, "Option": true, "Optional": true, "Maybe": true, "Opt": true, "Value": true}

var version = pattern.Lazy(`(/v[0-9]+|\.v[0-9]+)($|/)`)

// typeName is the import path, without a version, and the name of a named type.
func typeName(n *types.Named) string {
	if n == nil || n.Obj().Pkg() == nil {
		return ""
	}
	path := n.Obj().Pkg().Path()
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	path = strings.Replace(version().ReplaceAllString(path, "$2"), "gopkg.in/guregu/null", "github.com/guregu/null", 1)
	return path + "." + n.Obj().Name()
}

// classify says what a Go type is to a database.
func classify(t types.Type) goType {
	null := false
	for {
		t = types.Unalias(t)
		if p, ok := t.(*types.Pointer); ok {
			t, null = p.Elem(), true
			continue
		}
		if n, ok := t.(*types.Named); ok && n.TypeArgs().Len() == 1 && options[n.Obj().Name()] {
			t, null = n.TypeArgs().At(0), true
			continue
		}
		break
	}
	n, _ := t.(*types.Named)
	if g, ok := wellKnown[typeName(n)]; ok {
		g.null, g.typ, g.named = g.null || null, t, n
		return g
	}
	g := underlying(t.Underlying())
	g.null, g.typ, g.named = null, t, n
	return g
}

// underlying says what a type without a name is to a database.
func underlying(t types.Type) (g goType) {
	switch t := t.(type) {
	case *types.Basic:
		return basic(t)
	case *types.Slice:
		g.kind, g.elem = sequence, t.Elem()
		if isByte(t.Elem()) {
			g.kind = binary
		}
	case *types.Array:
		g.kind, g.elem, g.length = sequence, t.Elem(), t.Len()
	case *types.Map:
		g.kind = mapping
	case *types.Struct:
		g.kind = object
	}
	return g
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8
}

func basic(t *types.Basic) (g goType) {
	info := t.Info()
	switch {
	case info&types.IsBoolean != 0:
		g.kind = boolean
	case info&types.IsString != 0:
		g.kind = text
	case info&types.IsInteger != 0:
		g.kind, g.unsigned = integer, info&types.IsUnsigned != 0
		g.bits = basicBits(t.Kind())
	case info&types.IsFloat != 0:
		g.kind, g.bits = floating, basicBits(t.Kind())
	}
	return g
}

func basicBits(k types.BasicKind) int {
	switch k {
	case types.Int8, types.Uint8:
		return 8
	case types.Int16, types.Uint16:
		return 16
	case types.Int32, types.Uint32, types.Float32:
		return 32
	default:
		return 64
	}
}

// spelled is a type as people write it: package and name.
func spelled(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
