import ipaddr from "ipaddr.js";

export interface WiderNetwork {
  prefix: number;
  factor: number;
}

/** A key as `limitKeyOf` makes it of an IPv6 address, with or without an account before it. */
const networkKey = /^(.* )?([0-9a-f:]+)\/64$/;

/**
 * The wider networks around that of a key, narrowest first: a call that a narrow one refuses does not count in those
 * around it, where its neighbours are. None around an IPv4 address.
 */
export function widerNetworksOf(key: string, wider: readonly WiderNetwork[]): { prefix: number; network: string }[] {
  const [, account = "", address] = networkKey.exec(key) ?? [];
  if (address === undefined || !ipaddr.IPv6.isValid(address)) return [];
  return wider.map(({ prefix }) => {
    const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`);
    return { prefix, network: `${account}${network.toString()}/${prefix}` };
  });
}
