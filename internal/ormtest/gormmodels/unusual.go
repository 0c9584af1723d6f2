package gormmodels

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Unusual has tags that are rarer than those of Kinds.
type Unusual struct {
	Code      string         `gorm:"primaryKey;size:5;default:aa"`
	Price     Cents          `gorm:"not null"`
	Flags     Flags          `gorm:"default:3"`
	Secret    Secret         `gorm:"size:90"`
	Stored    Secret         `gorm:"serializer:json;type:text"`
	Sealed    Sealed         `gorm:"not null"`
	Saved     map[string]int `gorm:"serializer:gob"`
	Anything  any            `gorm:"serializer:json"`
	Unix      int64          `gorm:"serializer:unixtime;type:time"`
	Took      time.Duration
	Since     Since
	Attrs     Attrs
	Sign      *Sign
	Raw       json.RawMessage
	Nothing   *int    `gorm:"default:null"`
	Empty     string  `gorm:"size:9;default:''"`
	Quoted    string  `gorm:"size:9;default:'it''s'"`
	Hex       int     `gorm:"default:0x1F"`
	Told      int     `gorm:"default:(-)"`
	Sum       int     `gorm:"default:(1 + 2)"`
	Half      float32 `gorm:"default:0.5"`
	Yes       *bool   `gorm:"default:true;not null"`
	Typed     string  `gorm:"type:varchar(12) not null;default:'x'"`
	Wide      int8    `gorm:"size:64"`
	Stepped   uint    `gorm:"autoIncrementIncrement:10"`
	WriteOnly string  `gorm:"->:false;<-:create;size:7"`
	Never     string  `gorm:"-:all"`
	Fixed     string  `gorm:"<-:false;size:6"`
	Remark    string  `gorm:"size:5;comment:a 'quoted'\\; remark, with a comma: and a colon"`
	Word      string  `gorm:"column:select;size:4;check:,length(code) > 1"`
	Low       int     `gorm:"check:low_high,low < high AND low IN (1,2,3)"`
	High      int     `gorm:"check:high in (1, 2, 3)"`
	First     int     `gorm:"index:idx_mixed,priority:3;index:idx_other,unique"`
	Second    int     `gorm:"index:idx_mixed,priority:1,sort:desc;uniqueIndex:idx_other"`
	Third     int     `gorm:"index:idx_mixed,class:UNIQUE,priority:2"`
	Twice     string  `gorm:"size:3;unique;index"`
	*Trail    `gorm:"embeddedPrefix:trail_"`
	Home      Place  `gorm:"embedded;embeddedPrefix:home_"`
	Away      *Place `gorm:"embedded;embeddedPrefix:away_"`
	Author    struct {
		Name  string `gorm:"size:40;uniqueIndex"`
		Email string `gorm:"size:60;check:author_mail,author_email <> ''"`
		Seat  *struct {
			Row    int8
			HallID *uint
			Hall   *Shape
		} `gorm:"embedded;embeddedPrefix:seat_"`
	} `gorm:"embedded;embeddedPrefix:author_"`
	Bare struct {
		ID    int64
		Plain bool `gorm:"not null;default:false"`
	} `gorm:"embedded"`

	Shapes  []*Shape  `gorm:"many2many:unusual_shapes;foreignKey:Twice;joinForeignKey:OddTwice;references:Label;joinReferences:ShapeLabel"`
	Kins    []Unusual `gorm:"many2many:UnusualKins;joinForeignKey:from_code;joinReferences:to_code"`
	Marks   []Mark    `gorm:"polymorphicType:Kind;polymorphicId:ObjectCode;polymorphicValue:odd"`
	Note    *Mark     `gorm:"polymorphic:Owner;polymorphicValue:note;foreignKey:Twice"`
	NextKey *string   `gorm:"size:5"`
	Next    *Unusual  `gorm:"foreignKey:NextKey;constraint:fk_next,OnDelete:SET NULL"`
}

// Trail is embedded by a pointer, with a relation in it.
type Trail struct {
	CreatedAt time.Time
	MakerID   *uint
	Maker     *User `gorm:"constraint:OnDelete:RESTRICT"`
}

// Place is embedded twice, with another struct in it.
type Place struct {
	Street string `gorm:"size:30;index"`
	Spot   Spot   `gorm:"embedded;embeddedPrefix:spot_"`
}

// Spot is two levels down.
//
//gomig:ignore
type Spot struct {
	ID  int
	Lat float64 `gorm:"precision:9;scale:6"`
}

// Shape is met by its label.
type Shape struct {
	gorm.Model
	Label sql.Null[string] `gorm:"size:12;uniqueIndex"`
}

// Mark is pointed at in two ways.
type Mark struct {
	ID         uint `gorm:"primaryKey"`
	Kind       string
	ObjectCode string
	OwnerType  string
	OwnerID    string
}

// Cents is a number within a struct.
type Cents struct{ n int64 }

// Value is the number.
func (c Cents) Value() (driver.Value, error) { return c.n, nil }

// Flags are small, and given as a larger number.
type Flags uint8

// Value is the number.
func (f Flags) Value() (driver.Value, error) { return int64(f), nil }

// Attrs are given as a document.
type Attrs map[string]any

// Value is JSON.
func (a Attrs) Value() (driver.Value, error) { return json.Marshal(a) }

// Sign is given as bytes.
type Sign [4]byte

// Value is the bytes.
func (s Sign) Value() (driver.Value, error) { return s.bytes() }

func (s Sign) bytes() ([]byte, error) { return s[:], nil }

// Since is a time of another name.
type Since time.Time

// Secret serializes itself.
type Secret string

// Scan reads what is in the database.
func (s *Secret) Scan(context.Context, *schema.Field, reflect.Value, any) error { return nil }

// Value is what the database gets.
func (s Secret) Value(context.Context, *schema.Field, reflect.Value, any) (any, error) {
	return string(s), nil
}

// Sealed is a struct that serializes itself.
type Sealed struct{ text string }

// Scan reads what is in the database.
func (s *Sealed) Scan(context.Context, *schema.Field, reflect.Value, any) error { return nil }

// Value is what the database gets.
func (s Sealed) Value(context.Context, *schema.Field, reflect.Value, any) (any, error) {
	return s.text, nil
}

// Twins has two relations whose foreign keys are said to have one name: GORM
// makes the one that it comes to first.
//
//gomig:ignore
type Twins struct {
	ID      uint
	LeftID  uint
	Left    *Shape `gorm:"constraint:fk_twin,OnDelete:CASCADE"`
	RightID uint
	Right   *Shape `gorm:"constraint:fk_twin,OnDelete:SET NULL"`
}
