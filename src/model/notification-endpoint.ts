/** Which notifications an endpoint is sent, or not. `source` 8 is achievements, 6 multiplayer. [xsapi] */
export interface NotificationFilter {
  readonly action: 'Include' | 'Exclude'
  /** Unsigned 32-bit integers. */
  readonly source: number
  readonly type: number
}

/** Where a client has notifications sent. */
export interface NotificationEndpoint {
  /** A GUID in lower case. */
  readonly endpointId: string
  /** The user who has registered it. */
  readonly xuid: string
  readonly titleId: number
  /** What the client calls the system that it runs on. */
  readonly systemId: string
  /** As the client has sent it: with the transport RTA, the resource that it subscribes to. */
  readonly endpointUri: string
  readonly platform: string
  readonly transport: string
  /** BCP 47 language ranges in the form of an `Accept-Language` header. */
  readonly locale: string
  readonly filters: readonly NotificationFilter[]
  /** ISO 3166 country of the token's location claim, or null. */
  readonly location: string | null
  /** The origin that the client has used, e.g. `https://notify.xboxlive.com`: pictures below it load. */
  readonly origin: string
  /** When it was registered. */
  readonly created: string
}

/** The transport whose endpoints are resources of Real-Time Activity. */
export const RTA_TRANSPORT = 'RTA'
