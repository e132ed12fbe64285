import type { AdminUser } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { useList } from '../../api/use-list.js'
import { useLoad } from '../../api/use-load.js'
import { Dialog } from '../../parts/dialog.js'
import { Facts } from '../../parts/facts.js'
import { Listing } from '../../parts/listing.js'
import { OpenRow } from '../../parts/open-row.js'
import { Outcome } from '../../parts/outcome.js'
import { Page } from '../../parts/page.js'
import { SearchField } from '../../parts/search-field.js'
import { Time } from '../../parts/time.js'

/** Whoever has chatted, by the id that a website or a token gives them. */
export function UsersPage() {
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState<AdminUser>()
  const list = useList(
    useCallback(
      (after?: string) => admin.users.list({ limit: 50, order: 'asc', after, ...(search && { search }) }),
      [search],
    ),
  )
  return (
    <Page title="Users" about="Whoever has chatted, by the id your website gives them.">
      <SearchField label="Find a user" onSearch={setSearch} />
      <Listing list={list} empty={search ? 'Nobody has an id like that.' : 'Nobody has chatted yet.'}>
        {(user) => (
          <OpenRow key={user.id} title={user.id} onOpen={() => setOpened(user)}>
            <Facts
              of={{
                Conversations: user.threads,
                'Last active': user.last_active_at === null ? 'Never' : <Time value={user.last_active_at} />,
              }}
            />
          </OpenRow>
        )}
      </Listing>
      {opened && (
        <Dialog title={opened.id} onClose={() => setOpened(undefined)}>
          <UserFacts id={opened.id} />
        </Dialog>
      )}
    </Page>
  )
}

/** What is kept of a user. */
function UserFacts({ id }: { id: string }) {
  const user = useLoad(useCallback(() => admin.users.get(id), [id]))
  return (
    <Outcome {...user}>
      {({ counts, first_seen_at }) => (
        <Facts
          of={{
            'First seen': first_seen_at === null ? 'Never' : <Time value={first_seen_at} />,
            Conversations: counts.threads,
            Messages: counts.items,
            Answers: counts.runs,
            Files: counts.files,
            Sessions: counts.sessions,
          }}
        />
      )}
    </Outcome>
  )
}
