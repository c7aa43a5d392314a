import { demand } from '../fault.ts'
import { vpc } from '../operation.ts'
import { tableOf } from './route-entries.ts'

const fits = (text: string | undefined, most: number): boolean => text === undefined || (text.length <= most && !/^https?:\/\//.test(text))

/** Changes what is given and leaves the rest. Nothing here sends routes that a table could receive. The codes are unconfirmed. */
export const ModifyRouteTableAttributes = vpc(
  'ModifyRouteTableAttributes',
  ['RouteTableId', 'RouteTableName', 'Description', 'RoutePropagationEnable'],
  (input, context) => {
    const row = context.state.vpcs.get(tableOf(input.RouteTableId, context).id)
    demand(row, 'OperationDenied', 'The route table is that of a virtual border router.', 400)
    const { RouteTableName: name, Description: description, RoutePropagationEnable: propagation } = input
    demand(fits(name, 128), 'InvalidParameter', 'The specified RouteTableName is not valid.')
    demand(fits(description, 256), 'InvalidParameter', 'The specified Description is not valid.')
    context.state.vpcs.put({
      ...row,
      ...(name !== undefined && { routeTableName: name }),
      ...(description !== undefined && { routeTableDescription: description }),
      ...(propagation !== undefined && { routePropagation: propagation }),
    })
    return {}
  },
)
