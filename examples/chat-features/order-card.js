/** An order as a widget: one button for the page, one for the server. */
export function orderCard(id, state) {
  const button = (label, type, handler) => ({
    type: 'Button',
    label,
    onClickAction: { type, payload: { id }, handler },
  })
  return {
    type: 'Card',
    children: [
      {
        type: 'Row',
        align: 'center',
        children: [
          { type: 'Title', value: `Order ${id}`, size: 'sm' },
          { type: 'Badge', label: state },
        ],
      },
      ...(state === 'cancelled'
        ? []
        : [
            {
              type: 'Row',
              children: [
                button('Show on the page', 'order.show', 'client'),
                button('Cancel order', 'order.cancel', 'server'),
              ],
            },
          ]),
    ],
  }
}
