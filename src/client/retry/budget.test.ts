import { describe, expect, it } from 'vitest'
import { createRetryBudget } from './budget.ts'

function budgetAt(start = 0) {
  let time = start
  const budget = createRetryBudget(() => time)
  return { budget, pass: (ms: number) => (time += ms) }
}

const takeAll = (budget: { take(): boolean }) => {
  let taken = 0
  while (budget.take()) taken++
  return taken
}

describe('the retry budget', () => {
  it('gives a hundred retries and then no more', () => expect(takeAll(budgetAt().budget)).toBe(100))

  it('gives one back for five successes', () => {
    const { budget } = budgetAt()
    takeAll(budget)
    for (let call = 0; call < 50; call++) budget.succeeded()
    expect(takeAll(budget)).toBe(10)
  })

  it('gives one back every second, never more than a hundred', () => {
    const { budget, pass } = budgetAt()
    takeAll(budget)
    pass(7_000)
    expect(takeAll(budget)).toBe(7)
    pass(3_600_000)
    expect(budget.left()).toBe(100)
  })
})
