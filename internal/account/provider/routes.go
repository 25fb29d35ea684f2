package provider

import (
	"log/slog"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/openid"
	"example.org/asye/internal/platform/web"
)

var (
	everyone      = access.Door.ForEveryone()
	signedIn      = access.OwnAccount.ForSignedIn()
	administrator = access.People.For(asye.Administrator)
)

// Deps is what the pages need that this folder does not have.
type Deps struct {
	Accounts *account.Store
	Clients  map[string]*openid.Client // of each directory, by its key
	Log      *slog.Logger              // told of directories that do not work, and nothing of persons
}

type pages struct {
	store *Store
	Deps
}

// Mount puts the pages on the mux.
func Mount(m *web.Mux, s *Store, d Deps) {
	p := &pages{s, d}
	m.Page(paths.DirectoryList(), everyone, web.Plain, p.directoryList)
	m.Page(paths.DirectoryList()+"/{directory}", everyone, web.Plain, p.leave)
	m.Page(paths.DirectoryList()+"/{directory}/back", everyone, web.Plain, p.back)

	m.Page(paths.AccountDirectories(), signedIn, web.Plain, p.linkList)
	m.Page(paths.AccountDirectories()+"/{directory}/connect", signedIn, web.Plain, p.leaveToConnect)
	m.Act(paths.AccountConnect(), signedIn.Fresh(), web.Once, p.connect)
	m.Act(paths.AccountDisconnect(), signedIn.Fresh(), web.Once, p.disconnect)

	m.Page(paths.AdminPeople()+"/{person}/directories", administrator, web.Personal("person", "person"), p.linkOf)
	m.Act(paths.AdminPeople()+"/{person}/directories/disconnect", administrator.Fresh(), web.Once, p.disconnectOf)
}
