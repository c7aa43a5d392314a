/** The key that every process of a run knows. */
export const credentials = { accessKeyId: 'crash', accessKeySecret: 'test' }
