# shellcheck shell=bash
# What a firewall would have to let in. Only printed: which networks are yours is not for a script to guess.

# say_firewall_hint PORT WHO: the lines for ufw and for nftables.
say_firewall_hint() {
  say "If a firewall runs here, let $2 in:"
  say "  ufw allow proto tcp from <their network> to any port $1"
  say "  nft add rule inet filter input ip saddr <their network> tcp dport $1 accept"
}
