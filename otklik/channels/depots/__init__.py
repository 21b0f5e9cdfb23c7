"""Places where systems leave files for one another: a folder, an SFTP server, a WebDAV disk, a mailbox.

`opening.open_depot` is the door; each file knows one kind. Exports are read from them, tables are put there.
"""
