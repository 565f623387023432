"""What the app remembers of a session, by subject: every key of session_state is declared here, with its type.

`view` is the map page, `address` what reopens a page, `language` what it speaks, `reading` the reader,
`own` the planner's files, `papers` exports and reports, `canvas` the maps in the browser, `widgets` the
controls of pages whose address is all their state.
"""
