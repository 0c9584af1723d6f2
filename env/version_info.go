package env

import (
	"github.com/gomig-dev/gomig/script/revision"
)

// VersionInfo is what a callback of OnVersionApply is told (MigrationInfo, and
// what stands beside it: ctx, step, heads, run_args).
type VersionInfo struct {
	Step      revision.Step
	Heads     []string   // rows of the version table after the step
	Arguments []any      // what RunMigrations was given for the revisions (run_args)
	Migration *Migration // the run; its Conn and Execute are inside the step's transaction (ctx)
}

// IsUpgrade reports whether the step goes up (is_upgrade).
func (i VersionInfo) IsUpgrade() bool { return i.Step.Direction == revision.Up }

// IsStamp reports whether the step ran nothing and only changed the version table (is_stamp).
func (i VersionInfo) IsStamp() bool { return i.Step.Kind == revision.Stamp }

// IsMigration reports whether the step ran a revision (is_migration).
func (i VersionInfo) IsMigration() bool { return i.Step.Kind == revision.Migration }

// UpRevisionIDs are the ids at the upper end of the step, whichever way it goes:
// one for a migration, perhaps several for a stamp (up_revision_ids).
func (i VersionInfo) UpRevisionIDs() []string {
	switch {
	case i.IsMigration():
		return []string{i.Step.Revision.ID()}
	case i.IsUpgrade():
		return i.Step.To
	}
	return i.Step.From
}

// UpRevisionID is the first of UpRevisionIDs, empty if there is none (up_revision_id).
func (i VersionInfo) UpRevisionID() string {
	if ids := i.UpRevisionIDs(); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// DownRevisionIDs are the ids at the lower end of the step: what the revision
// follows or depends on, none for base (down_revision_ids).
func (i VersionInfo) DownRevisionIDs() []string {
	switch {
	case i.IsMigration():
		return revision.IDs(i.Step.Revision.Parents())
	case i.IsUpgrade():
		return i.Step.From
	}
	return i.Step.To
}

// SourceRevisionIDs are the ids that the step comes from (source_revision_ids).
func (i VersionInfo) SourceRevisionIDs() []string {
	if i.IsUpgrade() {
		return i.DownRevisionIDs()
	}
	return i.UpRevisionIDs()
}

// DestinationRevisionIDs are the ids that the step goes to (destination_revision_ids).
func (i VersionInfo) DestinationRevisionIDs() []string {
	if i.IsUpgrade() {
		return i.UpRevisionIDs()
	}
	return i.DownRevisionIDs()
}

// UpRevision is the revision of UpRevisionID, nil if there is none (up_revision).
func (i VersionInfo) UpRevision() *revision.Node { return i.Script().Get(i.UpRevisionID()) }

// UpRevisions are the revisions of UpRevisionIDs (up_revisions).
func (i VersionInfo) UpRevisions() []*revision.Node { return i.nodes(i.UpRevisionIDs()) }

// DownRevisions are the revisions of DownRevisionIDs (down_revisions).
func (i VersionInfo) DownRevisions() []*revision.Node { return i.nodes(i.DownRevisionIDs()) }

// SourceRevisions are the revisions of SourceRevisionIDs (source_revisions).
func (i VersionInfo) SourceRevisions() []*revision.Node { return i.nodes(i.SourceRevisionIDs()) }

// DestinationRevisions are the revisions of DestinationRevisionIDs (destination_revisions).
func (i VersionInfo) DestinationRevisions() []*revision.Node {
	return i.nodes(i.DestinationRevisionIDs())
}

// Script is the history (revision_map).
func (i VersionInfo) Script() *revision.Map { return i.Migration.graph }

func (i VersionInfo) nodes(ids []string) []*revision.Node {
	var out []*revision.Node
	for _, id := range ids {
		if n := i.Script().Get(id); n != nil {
			out = append(out, n)
		}
	}
	return out
}
