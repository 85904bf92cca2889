import ipaddr from "ipaddr.js";

export interface WiderNetwork {
  prefix: number;
  factor: number;
}

/** A key that `limitKeyOf` made of an IPv6 address, with or without an account before it. */
const networkKey = /^(.* )?([0-9a-f:]+)\/64$/;

/**
 * Lists the wider networks around the network of a key, narrowest first: in this order, a call that a narrow network
 * refuses does not use up the limits that it shares with its neighbours. IPv4 addresses have none.
 */
export function widerNetworksOf(key: string, wider: readonly WiderNetwork[]): { prefix: number; network: string }[] {
  const [, account = "", address] = networkKey.exec(key) ?? [];
  if (address === undefined || !ipaddr.IPv6.isValid(address)) return [];
  return wider.map(({ prefix }) => {
    const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`);
    return { prefix, network: `${account}${network.toString()}/${prefix}` };
  });
}
