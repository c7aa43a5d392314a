/** What a retry costs and what refills the budget: whole numbers, so that nothing is lost to rounding. */
const cost = 5
const most = 100 * cost
const perSuccess = 1
const perSecond = cost

/** How many retries an endpoint still gets. */
export interface RetryBudget {
  /** Takes one retry; false when there is none left. */
  take(): boolean
  /** An answer came: a fifth of a retry comes back. */
  succeeded(): void
  /** For people: how many there are now. */
  left(): number
}

/**
 * A fifth of the calls that succeed may be retries, beside a hundred to begin with and one a second. So a sick endpoint
 * sees at most 1.2 times the calls that it sees when healthy, rather than three times.
 * @param now In milliseconds, on a clock that never jumps.
 */
export function createRetryBudget(now: () => number): RetryBudget {
  let balance = most
  let countedAt = now()
  const refill = (more: number) => {
    const at = now()
    balance = Math.min(most, balance + more + ((at - countedAt) / 1000) * perSecond)
    countedAt = at
  }
  return {
    take() {
      refill(0)
      if (balance < cost) return false
      balance -= cost
      return true
    },
    succeeded() {
      if (balance < most) refill(perSuccess)
    },
    left() {
      refill(0)
      return Math.floor(balance / cost)
    },
  }
}
