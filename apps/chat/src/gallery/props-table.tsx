import { componentProps } from './component-props.js'

/** Every prop of a widget component and what it takes, read from the schema the server checks with. */
export function PropsTable({ type }: { type: string }) {
  const props = componentProps(type)
  if (props.length === 0) return null
  return (
    <section class="props" aria-labelledby="props-title">
      <div class="pane-head">
        <h2 id="props-title">Props of {type}</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide values scroll; the keyboard must be able to scroll them too */}
      <section class="scroll" tabIndex={0} aria-labelledby="props-title">
        <table>
          <thead>
            <tr>
              <th scope="col">Prop</th>
              <th scope="col">Takes</th>
            </tr>
          </thead>
          <tbody>
            {props.map(({ name, isRequired, values }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                  {isRequired && <span class="needed"> required</span>}
                </th>
                <td>
                  <code>{values}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
