/** A long answer with everything the chat draws, for screenshots and for the accessibility check. */
export const SHOWCASE = `## Returning an order

You can send back **anything unopened within 30 days**. Opened items can be *exchanged*, see [the policy](https://example.com/returns).

1. Pack the item, with its receipt.
2. Print the label:
   - at home, or
   - at any of our shops.
3. Hand it to the carrier.

| Item | Days | Refund |
| --- | ---: | --- |
| Unopened | 30 | Full |
| Opened | 14 | Exchange |
| A gift card with a very long description that has to go somewhere | 0 | None |

> Refunds arrive within five working days, on the card you paid with.

The same with a script of \`returns.ts\`:

\`\`\`ts
const order = await orders.find({ id: '1234' })
if (order.opened) await exchange(order)
else await refund(order, { to: 'the card it was paid with, whatever the length of this line may be' })
\`\`\`

Anything else I can do?`
