// Package models declares a small shop for GORM.
package models

import "gorm.io/gorm"

//go:generate go tool gomig generate

// Customer is someone who orders.
type Customer struct {
	gorm.Model
	Email     string     `gorm:"size:255;not null;uniqueIndex"`
	Name      string     `gorm:"size:100;not null"`
	Purchases []Purchase `gorm:"constraint:OnDelete:CASCADE"`
}

// Purchase is an order of a customer.
type Purchase struct {
	ID         uint
	CustomerID uint   `gorm:"not null;index"`
	Status     string `gorm:"size:10;not null;default:open;check:status IN ('open','paid','shipped')"`
	Total      int64  `gorm:"not null;default:0"`
	Tags       []Tag  `gorm:"many2many:purchase_tags"`
}

// Tag is what purchases are sorted by.
type Tag struct {
	ID   uint
	Name string `gorm:"size:40;unique"`
}
