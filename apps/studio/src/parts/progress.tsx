import { useLater } from '../api/use-later.js'

/** Says that something is still going on, once it has taken a second. */
export function Progress({ isOn }: { isOn: boolean }) {
  const isLate = useLater(isOn, 1000)
  return (
    <div className="progress" role="status">
      {isLate && (
        <>
          <progress aria-hidden="true" />
          <span>Still working…</span>
        </>
      )}
    </div>
  )
}
