package bunmodels

import (
	"database/sql"
	"time"

	"github.com/uptrace/bun"
)

// Unusual has tags that are rarer than those of Kinds.
type Unusual struct {
	bun.BaseModel `bun:"unusual_things,alias:ut,select:unusual_view"`

	ID      int64  `bun:"thing_id,pk,autoincrement"`
	Group   string `bun:"column:group,type:varchar(20),unique:both,unique:other"`
	Other   string `bun:"type:varchar(20),unique:both"`
	Third   string `bun:"type:varchar(20),unique:\"other,third\""`
	Numeric string `bun:"type:numeric(10,2),notnull,default:(round(1.5, 1))"`
	Quoted  string `bun:"type:\"varchar(30)\",default:'x\\\\y',nullzero"`
	Comma   string `bun:"type:varchar(30),default:\"'a,b)'\""`
	Nested  string `bun:"type:varchar(30),default:(coalesce('(', 'c, d'))"`
	Saved   []byte `bun:",msgpack"`
	Counted int    `bun:"default:0,json_use_number,skipupdate"`
	Twice   int    `bun:"twice,alt:double"`
	Cents   cents
	Took    time.Duration
	Rank    sql.Null[int64]
	Left    *sql.Null[time.Time]
	Stamps
	*Trail
	Inner  Inner `bun:"embed:inner_"`
	Writer struct {
		Name  string `bun:"type:varchar(40),unique:writers"`
		Email string `bun:"type:varchar(60),unique:writers"`
		Seat  *struct {
			Row  int16
			Hall string `bun:"type:varchar(9),unique"`
		} `bun:"embed:seat_"`
	} `bun:"embed:writer_"`
	Bare struct {
		Plain  bool `bun:",notnull"`
		UserID int64
		User   *User `bun:"rel:belongs-to"`
	} `bun:"embed:"`
}

// Stamps are embedded beside Trail, which has a column of the same name with a tag.
type Stamps struct {
	CreatedAt time.Time
	Author    string
	Both      int
}

// Trail is embedded by a pointer.
type Trail struct {
	CreatedAt time.Time `bun:",nullzero,notnull,default:current_timestamp"`
	Author    string    `bun:"type:varchar(10)"`
	Both      int
	Quoted    int
}

// Inner has a constraint, and a struct inside.
type Inner struct {
	Code  string `bun:"type:varchar(9),unique:codes"`
	Alone string `bun:"type:varchar(9),unique"`
	Spot  Spot   `bun:"embed:spot_"`
}

// Spot is two levels down.
type Spot struct {
	X, Y float32
}

// cents has an underlying type that is known.
type cents int64

// Shelf has a key of two columns.
type Shelf struct {
	Room  string `bun:"type:varchar(9),pk"`
	Place int32  `bun:",pk"`
}

// Board has the key of its shelf in its own, where bun makes no foreign key, and
// another one beside it.
type Board struct {
	Room      string `bun:"type:varchar(9),pk"`
	Place     int32  `bun:",pk"`
	Number    int16  `bun:",pk"`
	Shelf     *Shelf `bun:"rel:belongs-to,join:room=room,join:place=place"`
	NextRoom  string `bun:"type:varchar(9)"`
	NextPlace int32
	Next      *Shelf `bun:"rel:belongs-to,join:next_room=room,join:next_place=place,on_update:CASCADE"`
	Half      *Shelf `bun:"rel:belongs-to,join:room=room,join:next_place=place"`
	BadgeID   int64
	Badge     *Badge `bun:"rel:has-one,join:badge_id=user_id,on_delete:CASCADE"`
}

// Badge has the key of its user.
type Badge struct {
	UserID int64 `bun:",pk"`
	User   *User `bun:"rel:belongs-to"`
}

// Renewed is a thing with more to it, of the same table.
//
//gomig:ignore
type Renewed struct {
	Unusual `bun:",extend"`

	More string
}
