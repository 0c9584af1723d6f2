package gomig

import "github.com/gomig-dev/gomig/script/revision"

// listingVersion is the version of the JSON shape; a change that readers notice raises it.
const listingVersion = 1

// listing is the JSON of every listing of revisions.
type listing struct {
	Version   int         `json:"version"`
	Revisions []described `json:"revisions"`
}

// described is one revision in JSON.
type described struct {
	ID            string   `json:"id"`
	DownRevisions []string `json:"down_revisions"`
	DependsOn     []string `json:"depends_on"`
	BranchLabels  []string `json:"branch_labels"`
	Children      []string `json:"children"`
	Message       string   `json:"message"`
	Path          string   `json:"path"`
	Head          bool     `json:"head"`
	EffectiveHead bool     `json:"effective_head"`
	Current       bool     `json:"current"`
	Database      string   `json:"database,omitempty"` // of `current`, where the environment has several
}

// describe is what the JSON says of revisions; lists are never null.
func (c *Config) describe(nodes []*revision.Node, current []string) []described {
	at := make(map[string]bool, len(current))
	for _, id := range current {
		at[id] = true
	}
	out := make([]described, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, described{
			ID: n.ID(), DownRevisions: some(revision.IDs(n.Down())), DependsOn: some(n.Revision().DependsOn),
			BranchLabels: some(n.Labels()), Children: some(revision.IDs(n.Children())),
			Message: n.Summary(), Path: n.File(), Head: n.IsRealHead(), EffectiveHead: n.IsHead() && !n.IsRealHead(),
			Current: at[n.ID()],
		})
	}
	return out
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
