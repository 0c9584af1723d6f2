package sqlite

// named reads CONSTRAINT and a name, if they are there.
func (p *parser) named(c *constraintText) {
	c.start = p.here()
	if p.accept("CONSTRAINT") {
		c.name = p.ident()
		c.nameAt = span{c.start, p.last()}
	}
}

// columnConstraint reads one clause of a column.
func (p *parser) columnConstraint() (c constraintText) {
	p.named(&c)
	switch {
	case p.accept("PRIMARY"):
		p.expect("KEY")
		c.kind = primaryKeyClause
		c.desc = p.direction()
		c.conflict = p.onConflict()
		c.autoIncrement = p.accept("AUTOINCREMENT")
	case p.at("NOT") && !p.atNth(1, "DEFERRABLE"):
		p.advance()
		p.expect("NULL")
		c.kind, c.conflict = notNullClause, p.onConflict()
	case p.accept("NULL"):
		c.conflict = p.onConflict()
	case p.accept("UNIQUE"):
		c.kind, c.conflict = uniqueClause, p.onConflict()
	case p.accept("CHECK"):
		c.kind, c.expr = checkClause, p.brackets()
	case p.accept("DEFAULT"):
		c.kind = defaultClause
		p.defaultValue(&c)
	case p.accept("COLLATE"):
		c.kind, c.collation = collateClause, p.ident()
	case p.at("REFERENCES"):
		c.kind, c.ref = referencesClause, p.references()
	case p.at("DEFERRABLE") || p.at("NOT"):
		c.kind = deferrableClause
		p.deferral(&c.ref)
	case p.at("GENERATED") || p.at("AS"):
		p.generated(&c)
	case c.name != "":
		// SQLite takes a name without a constraint.
	default:
		p.fail()
	}
	c.end = p.last()
	return c
}

// tableConstraint reads one constraint of the table.
func (p *parser) tableConstraint() (c constraintText) {
	p.named(&c)
	switch {
	case p.accept("PRIMARY"):
		p.expect("KEY")
		c.kind = primaryKeyClause
		p.keyTerms(&c)
		c.conflict = p.onConflict()
	case p.accept("UNIQUE"):
		c.kind = uniqueClause
		p.keyTerms(&c)
		c.conflict = p.onConflict()
	case p.accept("CHECK"):
		c.kind, c.expr = checkClause, p.brackets()
		c.conflict = p.onConflict()
	case p.accept("FOREIGN"):
		p.expect("KEY")
		c.kind = referencesClause
		p.keyTerms(&c)
		c.ref = p.references()
		p.deferral(&c.ref)
	case c.name != "":
	default:
		p.fail()
	}
	c.end = p.last()
	return c
}

// keyTerms reads the bracketed columns of a key.
func (p *parser) keyTerms(c *constraintText) {
	p.expectSymbol("(")
	for p.err == nil {
		start := p.here()
		t := keyTerm{name: p.ident(), plain: true}
		if p.accept("COLLATE") {
			p.ident()
			t.plain = false
		}
		if p.direction() {
			t.plain = false
		}
		if p.accept("NULLS") {
			_ = p.accept("FIRST") || p.accept("LAST")
		}
		t.at = span{start, p.last()}
		c.terms = append(c.terms, t)
		c.autoIncrement = p.accept("AUTOINCREMENT") || c.autoIncrement
		if !p.acceptSymbol(",") {
			break
		}
	}
	p.expectSymbol(")")
}

// direction reads ASC or DESC and reports whether it is DESC.
func (p *parser) direction() bool {
	if p.accept("ASC") {
		return false
	}
	return p.accept("DESC")
}

func (p *parser) onConflict() string {
	if !p.at("ON") || !p.atNth(1, "CONFLICT") {
		return ""
	}
	p.advance()
	p.advance()
	how := p.upper()
	p.advance()
	return how
}

// defaultValue reads what follows DEFAULT: brackets, or one value with its signs.
func (p *parser) defaultValue(c *constraintText) {
	if p.atSymbol("(") {
		c.expr, c.bracketed = p.brackets(), true
		return
	}
	start := p.here()
	for p.acceptSymbol("-") || p.acceptSymbol("+") {
		continue
	}
	if p.atSymbol("(") { // DEFAULT -(1)
		p.brackets()
	} else {
		p.advance()
	}
	c.expr = span{start, p.last()}
}

func (p *parser) generated(c *constraintText) {
	c.kind = generatedClause
	if p.accept("GENERATED") {
		p.expect("ALWAYS")
	}
	p.expect("AS")
	c.expr = p.brackets()
	if p.accept("STORED") {
		c.stored = true
	} else {
		p.accept("VIRTUAL")
	}
}

func (p *parser) references() (r reference) {
	p.expect("REFERENCES")
	r.table = p.ident()
	if p.atSymbol("(") {
		var c constraintText
		p.keyTerms(&c)
		for _, t := range c.terms {
			r.columns = append(r.columns, t.name)
		}
	}
	for p.err == nil {
		switch {
		case p.accept("MATCH"):
			r.match = p.ident()
		case p.at("ON") && !p.atNth(1, "CONFLICT"):
			p.advance()
			event := p.upper()
			p.advance()
			action := p.action()
			switch event {
			case "DELETE":
				r.onDelete = action
			case "UPDATE":
				r.onUpdate = action
			}
		case p.at("DEFERRABLE") || p.at("NOT") && p.atNth(1, "DEFERRABLE"):
			p.deferral(&r)
		default:
			return r
		}
	}
	return r
}

// action reads what to do: CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION.
func (p *parser) action() string {
	first := p.upper()
	p.advance()
	if first == "SET" || first == "NO" {
		first += " " + p.upper()
		p.advance()
	}
	return first
}

// deferral reads [NOT] DEFERRABLE with INITIALLY, if it is there.
func (p *parser) deferral(r *reference) {
	no := p.at("NOT") && p.atNth(1, "DEFERRABLE")
	if no {
		p.advance()
	}
	if !p.accept("DEFERRABLE") {
		return
	}
	deferred := false
	if p.accept("INITIALLY") {
		deferred = p.accept("DEFERRED")
		if !deferred {
			p.expect("IMMEDIATE")
		}
	}
	r.deferrable, r.deferred = !no, !no && deferred
}
