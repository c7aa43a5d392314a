/** A whole number with its thousands apart: `1,204`. `toLocaleString` says the same, and takes ten milliseconds to load its tables. */
export const counted = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
