// Package models declares a small shop for bun. What bun has no tag for is said
// by gomig's own.
package models

import (
	"time"

	"github.com/uptrace/bun"
)

//go:generate go tool gomig generate

// Customer is someone who orders.
type Customer struct {
	bun.BaseModel `bun:"table:customers,alias:c"`

	ID        int64       `bun:",pk,autoincrement"`
	Email     string      `bun:"type:varchar(255),notnull,unique"`
	Name      string      `bun:"type:varchar(100),notnull" gomig:"index"`
	CreatedAt time.Time   `bun:",nullzero,notnull,default:current_timestamp"`
	Purchases []*Purchase `bun:"rel:has-many,join:id=customer_id"`
}

// Purchase is an order of a customer.
type Purchase struct {
	ID         int64     `bun:",pk,autoincrement"`
	CustomerID int64     `bun:",notnull"`
	Customer   *Customer `bun:"rel:belongs-to,join:customer_id=id,on_delete:CASCADE"`
	Status     string    `bun:"type:varchar(10),notnull,default:'open'" gomig:"check:status_known,status IN ('open','paid','shipped')"`
	Total      int64     `bun:",notnull,default:0"`
}
