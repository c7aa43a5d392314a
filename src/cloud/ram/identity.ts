/** Who is calling, as the access key told. */
export type Caller =
  | { readonly kind: 'root'; readonly accountId: string; readonly accessKeyId: string }
  | { readonly kind: 'user'; readonly accountId: string; readonly accessKeyId: string; readonly userName: string; readonly userId: string }
  | {
      readonly kind: 'role'
      readonly accountId: string
      readonly accessKeyId: string
      readonly roleName: string
      readonly roleId: string
      readonly sessionName: string
    }
