# First run.
welcome-page = Welcome
welcome-line = Keep your team’s spreadsheets tidy, findable and up to date.
welcome-sample = Look around with the sample bakery
welcome-sample-text = Eight { -thing(form: "many") } of a small bakery, and messy files to practise on. Nothing of yours is touched.
welcome-shelf = Set up our shelf
welcome-shelf-text = About one minute. You need a folder your team shares.
welcome-waiting =
    { $files_count ->
        [one] { $files } is kept for you
       *[other] { $files } are kept for you
    }
welcome-waiting-text = Set up your shelf first, then go on with it. Nothing is shared yet.
welcome-no-account = No account, no password.
welcome-sample-page = The sample bakery
welcome-sample-wait = Five people, eight { -thing(form: "many") }, all on this computer only. It is ready in a moment.

welcome-place = Where is your shelf?
welcome-place-text = A folder that your team shares. Everything that you put on the shelf stands there.
welcome-other-folder = Another folder…
welcome-everyone = Everyone who can open this folder can open what is on the shelf.
place-one-drive = OneDrive
place-dropbox = Dropbox
place-google-drive = Google Drive
place-nextcloud = Nextcloud
place-syncthing = Syncthing
place-network = Network drive
place-folder = Folder
place-webdav = WebDAV
place-s3 = S3
place-sftp = SFTP
place-only-here = Only this computer for now
place-only-here-text = For trying things out. You can move to a shared folder later.

probe-checks = Checks of this folder
probe-read = Files can be read here
probe-write = Files can be saved here
probe-space = There is room
probe-space-free = { $size } free
probe-space-unknown = not told
probe-shelf = Is there already a shelf
probe-shelf-none = none yet

welcome-ready = Ready.
welcome-ready-text = We will add the folders Current and larder-data here, and a note that explains them.
welcome-cloud-only = { $name } may keep some files online only. We ask it for them when they are needed.
welcome-name = What shall the shelf be called?
welcome-name-hint = Your business or your team. Colleagues will see it.
welcome-name-missing = Give the shelf a name.
welcome-name-example = Our bakery
welcome-name-own = My shelf
welcome-found = A shelf is already here: { $name }
welcome-found-text =
    { $products ->
        [0] Nothing on it yet
        [one] One { -thing }
       *[other] { $products } { -thing(form: "many") }
    }, { $people ->
        [one] one person
       *[other] { $people } people
    }.
welcome-join = Join it
welcome-just-looking = Go on, just looking
welcome-read-only = You can look here, but not save
welcome-read-only-text = You can look, but not put things on the shelf. Ask the folder’s owner for edit rights.
welcome-read-only-new = A new shelf needs a folder in which you may save. Ask the folder’s owner for edit rights, or choose another.
welcome-unreadable = This folder cannot be read
welcome-unreadable-text = This account may not open it. Ask the folder’s owner, or choose another.
welcome-copy-message = Copy a message for them
welcome-ask-message = Hello, could you give me edit rights for the folder { $path }? We keep our shelf of { -thing(form: "many") } there, and I would like to put some on it. Thank you, { $name }
welcome-too-new = This shelf was set up with a newer { -app }. You can look; to put things on it, update { -app }.

welcome-who = Who are you?
welcome-who-start = So colleagues know who fills what. Then “{ $name }” is ready.
welcome-who-join = So colleagues know who fills what. Then you are on “{ $name }”.
person-name = Your name
person-name-missing = Colleagues need a name to know you by.
person-role = What you do
person-role-example = Shop manager
person-email = E-mail
person-email-hint = So colleagues can ask you things. It stands on the shelf.
person-email-odd = An e-mail address has an @ in the middle.
person-color = Your colour
color-0 = Blue
color-1 = Green
color-2 = Brown
color-3 = Orchid
color-4 = Ochre
color-5 = Slate
