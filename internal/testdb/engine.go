package testdb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
)

// engine is how one kind of server is started from programs on this machine.
type engine struct {
	binary string   // the server; another binary needs other initial data
	client []string // where its own client may lie
	owner  *account // as whom it must run, nil for the current user
	signal string   // ends it at once; its data are thrown away
	quirk  string   // the query that answers with the data folder

	initialise func(ctx context.Context, dir string) error // makes the data folder dir
	command    func(dir, port string) []string             // serves the data folder dir
}

// findEngine returns the engine of a kind that is installed here.
func findEngine(ctx context.Context, kind Kind) (*engine, error) {
	switch kind {
	case KindMySQL:
		server, err := findMySQLd(ctx)
		if err != nil {
			return nil, err
		}
		return mysqlEngine(server), nil
	case KindMariaDB:
		server, install, err := findMariaDBd(ctx)
		if err != nil {
			return nil, err
		}
		return mariadbEngine(server, install), nil
	case KindPostgres:
		dir, err := findPostgres()
		if err != nil {
			return nil, err
		}
		return postgresEngine(dir)
	case KindTiDB:
		server, err := findTiDB()
		if err != nil {
			return nil, err
		}
		return tidbEngine(server), nil
	default:
		return nil, fmt.Errorf("%s has no server", kind.title())
	}
}

func mysqlEngine(server string) *engine {
	return &engine{
		binary: server, client: foundClientDirs(KindMySQL), signal: "KILL", quirk: "SELECT @@datadir",
		initialise: func(ctx context.Context, dir string) error {
			return run(ctx, dir, nil, mysqlArgs(server, dir,
				"--initialize-insecure", "--innodb-redo-log-capacity=16M", "--innodb-flush-method=nosync")...)
		},
		command: func(dir, port string) []string {
			return mysqlArgs(server, dir, append(mysqlServing(dir, port), "--mysqlx=OFF", "--innodb-redo-log-capacity=64M")...)
		},
	}
}

func mariadbEngine(server, install string) *engine {
	return &engine{
		binary: server, signal: "KILL", quirk: "SELECT @@datadir",
		initialise: func(ctx context.Context, dir string) error {
			return run(ctx, dir, nil, mysqlArgs(install, dir,
				"--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
				"--innodb-log-file-size=64M", "--innodb-flush-method=nosync")...)
		},
		command: func(dir, port string) []string {
			// The character set is Debian's choice; the server's own was latin1 up to 11.5.
			return mysqlArgs(server, dir, append(mysqlServing(dir, port), "--innodb-log-file-size=64M",
				"--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci")...)
		},
	}
}

// mysqlArgs is a command of MySQL or MariaDB on a data folder. --no-defaults is
// to come first; without it /etc/mysql is read, which is the other product's
// where both are installed.
func mysqlArgs(program, dir string, args ...string) []string {
	all := []string{program, "--no-defaults", "--datadir=" + dir}
	if os.Geteuid() == 0 {
		all = append(all, "--user=root") // refused unless said
	}
	return append(all, args...)
}

func mysqlServing(dir, port string) []string {
	return []string{
		"--bind-address=127.0.0.1", "--port=" + port,
		"--socket=" + filepath.Join(dir, "s"), "--pid-file=" + filepath.Join(dir, "pid"),
		"--max-connections=400", "--secure-file-priv=" + dir,
		"--skip-log-bin", "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF",
	}
}

func postgresEngine(bin string) (*engine, error) {
	e := &engine{
		binary: filepath.Join(bin, "postgres"), client: []string{bin}, signal: "QUIT", quirk: "SHOW data_directory",
	}
	if os.Geteuid() == 0 {
		// PostgreSQL refuses to run as root.
		var err error
		if e.owner, err = unprivileged(); err != nil {
			return nil, err
		}
	}
	e.initialise = func(ctx context.Context, dir string) error {
		return run(ctx, filepath.Dir(dir), e.owner, filepath.Join(bin, "initdb"),
			"-D", dir, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
	}
	e.command = func(dir, port string) []string {
		args := []string{e.binary, "-D", dir, "-h", "127.0.0.1", "-p", port, "-k", "", "-N", "300", "-F"}
		for _, setting := range []string{
			"synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
			"autovacuum=off", "jit=off", "shared_buffers=64MB", "max_locks_per_transaction=1024",
			"dynamic_shared_memory_type=mmap", // within the data folder, which goes with the server
		} {
			args = append(args, "-c", setting)
		}
		return e.owner.command(args)
	}
	return e, nil
}

// run runs a program in the folder as the owner and returns what it said if it fails.
func run(ctx context.Context, dir string, owner *account, args ...string) error {
	args = owner.command(args)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, quiet(os.Environ())
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("running %s: %w: %s", filepath.Base(args[0]), errors.Join(err, ctx.Err()), tail(out))
	}
	return nil
}

// account is an unprivileged user.
type account struct{ uid, gid int }

// unprivileged returns an account that PostgreSQL runs under when this is root.
func unprivileged() (*account, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		return &account{uid, gid}, errors.Join(err1, err2)
	}
	return nil, &UnavailableError{
		KindPostgres, "it refuses to run as root, and there is neither an account postgres nor nobody",
		"run the tests as another user, or set GOMIG_TEST_POSTGRES to a server's URL",
	}
}

// command is a command run as the account, or unchanged for none. setpriv is
// in util-linux, as is flock, which the watching script needs anyway.
func (a *account) command(args []string) []string {
	if a == nil {
		return args
	}
	become := []string{"setpriv", fmt.Sprintf("--reuid=%d", a.uid), fmt.Sprintf("--regid=%d", a.gid), "--clear-groups", "--"}
	return append(become, args...)
}

// own gives a folder and what is in it to the account, if there is one.
func (a *account) own(dir string) error {
	if a == nil {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, a.uid, a.gid)
	})
}

// tail is the end of a log, enough to see why something ended.
func tail(log []byte) string {
	const most = 1500
	if len(log) > most {
		log = append([]byte("… "), log[len(log)-most:]...)
	}
	return string(log)
}
