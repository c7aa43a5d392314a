/** Families that are put apart from one another, as the product's page of June 2026 lists them (its last lines are not known). */
const spread = [
  'g9a g9ae g9i g8a g8i g8ine g8ise g8y g7 g7a g7h g7ne g7nex g7se g7t g6 g6a g6e g6h g5 g5ne',
  'c9a c9ae c9i c8a c8i c8ine c8y c7 c7a c7nex c7se c7t c6 c6a c6e c5',
  'r9a r9ae r9i r8a r8i r8y r7 r7a r7se r7t r6 r6a r6e r5',
  'hfc9i hfg9i hfr9i hfc8i hfg8i hfr8i hfc7 hfg7 hfr7 hfc6 hfg6 hfr6 hfc5 hfg5',
  'ebmc9i ebmg9a ebmg9i ebmr9i ebmc8a ebmc8i ebmc8y ebmg8a ebmg8i ebmg8y ebmr8a ebmr8y ebmc7 ebmc7a ebmg7 ebmg7a ebmg7se ebmhfc7',
  'ebmhfg7 ebmhfr7 ebmr7 ebmr7a ebmg5 i5 i5g i5ge ic5 i4 i4g i4r i3 i3g i2 i2g i2gne i2ne i1 gn6i d3c d3s d2c d2s d1 d1ne',
  'se1ne sn1ne sn2ne',
]
  .join(' ')
  .split(' ')
  .map((family) => `ecs.${family}`)

/** Of the sixth generation and later, "most" can be put close to one another: which ones is unconfirmed. */
const close = spread.filter((family) => /^ecs\.(?:hf)?[cgr][6-9]/.test(family))

/** The families that a strategy takes. */
export const familiesOf = (strategy: string): readonly string[] => (strategy === 'LowLatency' ? close : spread)
