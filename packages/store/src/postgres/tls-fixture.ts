/**
 * Certificates for a test server on 127.0.0.1, good for a hundred years and for nothing else. Made with OpenSSL 3:
 *
 *     openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 36500 \
 *       -subj "/CN=Tessera test CA" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
 *     openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj "/CN=localhost"
 *     openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 36500 -out server.pem \
 *       -extfile <(printf "subjectAltName=DNS:localhost,IP:127.0.0.1")
 *
 * `OTHER_AUTHORITY` is made like the first, under the name "Another CA".
 */
export const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUUfTzzfD71Z6cSUU6F/FbUZY4c8swCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPVGVzc2VyYSB0ZXN0IENBMCAXDTI2MTEyMTA5NTQwOVoYDzIx
MjYxMDI4MDk1NDA5WjAaMRgwFgYDVQQDDA9UZXNzZXJhIHRlc3QgQ0EwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARq31/X8V7los4a6DFM/LoXiNxTEvPD8zMx1Fqv
HeKboVR8QgP+zpR7yyrFi6jLqmgz1dId+XmFQNFeuZChX0ybo2MwYTAdBgNVHQ4E
FgQUF8o8oo0QJIaXR+54+TzKbLfuxt0wHwYDVR0jBBgwFoAUF8o8oo0QJIaXR+54
+TzKbLfuxt0wDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZI
zj0EAwIDSQAwRgIhAOv9IXaIc9H8iFbp4L/WbSqHrYpj0hNFLdfKMYON4d5PAiEA
2ZFmf10BIn+ZVC6L5urjqXdGqpzPgtqrLrJhzyxnkdY=
-----END CERTIFICATE-----`;

export const SERVER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkTCCATagAwIBAgIUSjV+Bpq0fQG8tCrj7jpWmSnukWEwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPVGVzc2VyYSB0ZXN0IENBMCAXDTI2MTEyMTA5NTQwOVoYDzIx
MjYxMDI4MDk1NDA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARchrV/g2Qc1rlbdnoGpA+KFZA4RPNTghQjYk2fYK+9RfP3
+FWUV/7vkdjs1ZWULW+Dz2YX9qcs6h5aMw2Pvqhdo14wXDAaBgNVHREEEzARggls
b2NhbGhvc3SHBH8AAAEwHQYDVR0OBBYEFEL6dKFAecjyHF3IeWlUek2UNAxxMB8G
A1UdIwQYMBaAFBfKPKKNECSGl0fuePk8ymy37sbdMAoGCCqGSM49BAMCA0kAMEYC
IQDmC4SB9XPzI2EwkXzhYBFYvQJRCHK7KxTRXR1f06z2jwIhAOM9J8txqZBSX1k0
HZPDXzUwswoJRvbLCUJss7YRG//v
-----END CERTIFICATE-----`;

export const SERVER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMbki6A/OPYgQt1tB
q7oblTgtO3fYPOZ4YU+MC23QeUChRANCAARchrV/g2Qc1rlbdnoGpA+KFZA4RPNT
ghQjYk2fYK+9RfP3+FWUV/7vkdjs1ZWULW+Dz2YX9qcs6h5aMw2Pvqhd
-----END PRIVATE KEY-----`;

export const OTHER_AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBgDCCASegAwIBAgIUDS17seXlR39rn5SmGI7mPrXO9WAwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKQW5vdGhlciBDQTAgFw0yNjExMjEwOTU0MDlaGA8yMTI2MTAy
ODA5NTQwOVowFTETMBEGA1UEAwwKQW5vdGhlciBDQTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABLDhy0Pf+9TvghQs6zypZk+Tsr+Uc9GJW+I3XkG9B8m7/a8Juzsx
l7vAQWnG+O4Zqd5I/AB7CNF42+Dt76vu91WjUzBRMB0GA1UdDgQWBBQ3Zw2Wfv7A
aEvgiGy1Sm8/7tZwfjAfBgNVHSMEGDAWgBQ3Zw2Wfv7AaEvgiGy1Sm8/7tZwfjAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIBtkhVn+S6VfgSDItFMv
gRjrZs0Dh9bMb6I1ejyrePFJAiAT6JuL3wZdITqKoJ3kbF5KF+FZ8cwfHK1T4Nst
tl3w8Q==
-----END CERTIFICATE-----`;
