import { Fragment, type ReactNode, useCallback, useState } from 'react'
import type { List } from '../api/use-list.js'
import { Confirm } from './confirm.js'
import { Dialog } from './dialog.js'
import { DialogButton } from './dialog-button.js'
import { Icon } from './icon.js'
import { Listing } from './listing.js'
import { Page } from './page.js'

/** What a form over the list may do when it is through. */
export interface FormWays {
  /** Closes the form and reads the list again. */
  done(): void
  /** Reads the list again below the form. */
  reload(): void
}

/** Something a row is changed by. */
interface Change<Row> {
  verb: string
  form(row: Row, ways: FormWays): ReactNode
}

interface CollectionProps<Row> {
  title: string
  about: string
  list: List<Row>
  /** What to do first. */
  empty: ReactNode
  nameOf(row: Row): string
  create: { verb: string; form(ways: FormWays): ReactNode }
  /** One way, or several, each with a button of its own. */
  change: Change<Row> | Change<Row>[]
  remove: { verb: string; act(row: Row): Promise<unknown>; about: ReactNode }
  /** Stands above the list. */
  before?: ReactNode
  /** One row, as an `li` with a key, with the buttons that open what is done to it. */
  children(row: Row, buttons: ReactNode): ReactNode
}

/** A page that is a list. What is new, what is changed and what is taken away opens over it. */
export function Collection<Row>({
  list,
  nameOf,
  create,
  change,
  remove,
  before,
  children,
  ...page
}: CollectionProps<Row>) {
  const [opened, setOpened] = useState<
    { kind: 'new' } | { kind: 'change'; row: Row; change: Change<Row> } | { kind: 'remove'; row: Row }
  >()
  const close = useCallback(() => setOpened(undefined), [])
  const { reload } = list
  const done = useCallback(() => {
    setOpened(undefined)
    reload()
  }, [reload])
  const ways = { done, reload }
  const buttonsOf = (row: Row) => (
    <Fragment>
      {[change].flat().map((one) => (
        <DialogButton
          key={one.verb}
          verb={one.verb}
          of={nameOf(row)}
          onOpen={() => setOpened({ kind: 'change', row, change: one })}
        />
      ))}
      <DialogButton verb={remove.verb} of={nameOf(row)} isDangerous onOpen={() => setOpened({ kind: 'remove', row })} />
    </Fragment>
  )
  return (
    <Page
      title={page.title}
      about={page.about}
      action={
        <button
          className="button primary"
          type="button"
          aria-haspopup="dialog"
          onClick={() => setOpened({ kind: 'new' })}
        >
          <Icon name="plus" />
          {create.verb}
        </button>
      }
    >
      {before}
      <Listing list={list} empty={page.empty}>
        {(row) => children(row, buttonsOf(row))}
      </Listing>
      {opened?.kind === 'new' && (
        <Dialog title={create.verb} onClose={close}>
          {create.form(ways)}
        </Dialog>
      )}
      {opened?.kind === 'change' && (
        <Dialog title={`${opened.change.verb} ${nameOf(opened.row)}`} onClose={close}>
          {opened.change.form(opened.row, ways)}
        </Dialog>
      )}
      {opened?.kind === 'remove' && (
        <Confirm
          title={`${remove.verb} ${nameOf(opened.row)}?`}
          verb={remove.verb}
          act={async () => {
            await remove.act(opened.row)
            reload()
          }}
          onClose={close}
        >
          {remove.about}
        </Confirm>
      )}
    </Page>
  )
}
