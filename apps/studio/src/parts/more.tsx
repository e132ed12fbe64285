import type { List } from '../api/use-list.js'
import { Progress } from './progress.js'

/** The end of a list that goes on. */
export function More<Row>({ list: { hasMore, isLoading, loadMore } }: { list: List<Row> }) {
  return (
    <>
      {hasMore && (
        <button className="button" type="button" disabled={isLoading} onClick={loadMore}>
          Show more
        </button>
      )}
      <Progress isOn={isLoading} />
    </>
  )
}
