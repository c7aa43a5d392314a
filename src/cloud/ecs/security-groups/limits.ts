/** Security groups of an account in one region: the least that accounts have. */
export const groupsPerRegion = 100
/** Rules of one group, both directions together. */
export const rulesPerGroup = 200
/** Groups that one instance can be in; 10 or 16 on request. */
export const groupsPerInstance = 5
/** Private addresses in one group, by its type. */
export const addressesPerGroup = { normal: 2_000, enterprise: 65_536 } as const
/** Rules, or rule ids, in one call. */
export const rulesPerCall = 100
