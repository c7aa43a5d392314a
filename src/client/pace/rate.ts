/**
 * How many calls per second a service accepts, learned from what it refuses. Pure arithmetic: the caller tells what happened and when.
 *
 * Whenever a call is refused, the service has nothing left to give. So between two refusals it gave exactly what it had to give, and
 * the calls accepted between them, divided by the time, are its rate, whatever reserve it keeps. At a refusal the rate becomes `keep`
 * of that, comes back in a cubic curve (quick far from the measured rate, slow close to it), and then probes beyond, ever quicker.
 */
export interface Rate {
  /** The rate that was last measured, calls per second; undefined until the first refusal. */
  measured: number | undefined
  /** Whether `measured` is only a guess, made at the first refusal. */
  guessed: boolean
  /** When the curve starts, in ms; moved on while nobody needs the rate, so that an idle rate does not grow. */
  from: number
  /** The accepted calls since the refusal that the next measurement starts from, and its time. */
  accepted: number
  since: number
  /** Whether there were moments in which nobody wanted to call, so that the count says nothing of the service. */
  interrupted: boolean
  /** The calls under way at the last decrease: their refusals, until this time, were caused by the rate before it. */
  stale: number
  staleUntil: number
  /** Refusals in a row with no accepted call between them. */
  closed: number
  /** Accepted calls of this and of the last whole second, for the first measurement. */
  secondAt: number
  thisSecond: number
  lastSecond: number
}

/** What is kept of the measured rate at a refusal. The dip is 10 % for an instant and 1.2 % on average; a reserve gives it back. */
const keep = 0.9
/**
 * The curve's unit of time: a rate has doubled after about 1.5 units, so 6 s learn a new rate within 10 s. A slow rate takes the time
 * of 40 calls, since each probe beyond the rate costs a refusal or two; 20 s keep that under 5 % down to 2 calls per second.
 */
const unitMs = 6_000
const unitCalls = 40
const unitMostMs = 20_000
/** The unit while the rate is only guessed: a guess that is ten times too low is found out within 3 s. */
const guessUnitMs = 1_000
/**
 * Beyond this multiple of the measured rate the curve has risen so far that the service may have had more to give than was called for,
 * and the count measures too little. The rate of the refusal, which is too high for sure, is taken then; the next count corrects it soon.
 */
const farBeyond = 1.5
/** Where on the curve the measured rate lies, in units. */
const knee = Math.cbrt(1 - keep)
/**
 * The service gave no less than what was counted, and gives less than what it has just refused. If the two are as near as this, their
 * middle is taken: a service with little reserve could not save what was not called for in the dip, so that its count is too low.
 */
const near = 0.85
/** A measurement of few calls is blurred by one call more or less: the rate before it counts as so many calls. */
const priorCalls = 4
/** No rate is measured lower, in calls per second: one per minute is as good as closed. */
const least = 1 / 60
/** A refusal comes back at once. Calls under way for longer hang, and must not hide the refusals of newer ones. */
const staleMs = 2_000
/** A guess, calls per second, when the very first call was refused. Too high is found out at once, too low only slowly. */
const firstGuess = 10
/** Refusals in a row: how long to wait, in ms, doubled with each. 5 s find a new window of one minute with 8 % of it gone at most. */
const closedMs = 100
const closedMostMs = 5_000

/** A rate that is not limited. */
export const newRate = (): Rate => ({
  measured: undefined,
  guessed: false,
  from: 0,
  accepted: 0,
  since: 0,
  interrupted: false,
  stale: 0,
  staleUntil: 0,
  closed: 0,
  secondAt: 0,
  thisSecond: 0,
  lastSecond: 0,
})

/** Calls per second at a time; undefined when there is no limit. */
export function perSecond({ measured, guessed, from }: Rate, now: number): number | undefined {
  if (measured === undefined) return undefined
  const unit = guessed ? guessUnitMs : Math.min(Math.max(unitMs, (unitCalls / measured) * 1000), unitMostMs)
  return measured * (1 + (Math.max(0, now - from) / unit - knee) ** 3)
}

/** A call was accepted. */
export function accept(rate: Rate, now: number): void {
  ignore(rate)
  rate.accepted++
  rate.closed = 0
  if (rate.measured !== undefined) return
  turnSecond(rate, now)
  rate.thisSecond++
}

/** A call ended and says nothing of the rate. */
export function ignore(rate: Rate): void {
  if (rate.stale > 0) rate.stale--
}

/** Nobody wanted to call for so many ms. */
export function idle(rate: Rate, ms: number): void {
  rate.from += ms
  rate.interrupted = true
}

/**
 * A call was refused, with so many others under way.
 * @returns how long no call may be sent now, in ms: what the service asks for, or longer when it refuses again and again;
 * undefined when nothing new is known of that
 */
export function refuse(rate: Rate, now: number, underWay: number, askedMs: number | undefined): number | undefined {
  const stale = rate.stale > 0 && now < rate.staleUntil
  ignore(rate)
  if (stale) return askedMs
  rate.closed++
  const pauseMs = Math.max(askedMs ?? 0, rate.closed > 1 ? Math.min(closedMs * 2 ** (rate.closed - 2), closedMostMs) : 0)
  // Refused again with nothing between: still the same end of its reserve, so the count goes on from the first of them.
  if (rate.closed === 1) {
    const measured = measure(rate, now)
    // So few calls prove no guess: the count goes on, and the rate with it as quickly as before.
    rate.guessed = rate.measured === undefined || (rate.guessed && rate.accepted < priorCalls)
    if (!rate.guessed || rate.measured === undefined) {
      rate.accepted = 0
      rate.since = now
      rate.interrupted = false
    }
    rate.measured = measured
  }
  rate.measured ??= firstGuess
  rate.from = now + pauseMs
  rate.stale = underWay
  rate.staleUntil = now + staleMs
  return pauseMs
}

/** The rate of the service as it shows at a refusal. */
function measure(rate: Rate, now: number): number {
  const before = perSecond(rate, now)
  if (before === undefined) {
    turnSecond(rate, now)
    return rate.lastSecond * (1 - (now - rate.secondAt) / 1000) + rate.thisSecond || firstGuess
  }
  if (rate.interrupted || before > farBeyond * (rate.measured ?? before)) return before
  const given = Math.min(before, (rate.accepted + priorCalls) / ((now - rate.since) / 1000 + priorCalls / before))
  return given > near * before ? (given + before) / 2 : Math.max(given, least)
}

function turnSecond(rate: Rate, now: number): void {
  const passed = now - rate.secondAt
  if (passed < 1000) return
  rate.lastSecond = passed < 2000 ? rate.thisSecond : 0
  rate.thisSecond = 0
  rate.secondAt = passed < 2000 ? rate.secondAt + 1000 : now
}
