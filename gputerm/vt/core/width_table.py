# Made by `make gen ARGS=UCD` of the Unicode Character Database 18.0.0. Don't edit.
"""Cell width and grapheme break class of every code point, in two stages of 256.

    entry = STAGE2[STAGE1[codepoint >> 8] << 8 | codepoint & 0xFF]
    entry: bits 0-1 cell width, bits 2-6 number in CLASSES, bit 7 EMOJI_VARIATION

STAGE2_WIDE, in place of STAGE2, has two cells for characters of ambiguous width.

BREAK[state << 5 | class] is the next state, with BREAK_BIT when a boundary lies between; text
begins in state 0. How these are used is said in gputerm.vt.core.width.
"""

import zlib
from binascii import a2b_base64

import numpy as np

UNICODE_VERSION = "18.0.0"
CLASSES = (
    "OTHER",
    "CR",
    "LF",
    "CONTROL",
    "EXTEND",
    "EXTEND_ONLY",
    "ZWJ",
    "REGIONAL_INDICATOR",
    "PREPEND",
    "SPACING_MARK",
    "L",
    "V",
    "T",
    "LV",
    "LVT",
    "EXT_PICT",
    "CONSONANT",
    "LINKER",
    "LINKER_LETTER",
)


def _decode(text: bytes) -> bytes:
    return zlib.decompress(a2b_base64(text))


#: uint16[0x1100], block number of each 256 code points (little-endian, as is every GPU's host)
STAGE1 = np.frombuffer(
    _decode(
        b"eNrt02VvAzEMgOF3zNQxMzNDx8zMzMzM20+fW1Xaqq5Tu+1Tz3rkJOdLTkmsAy+88cEXP/wJIJAgggkhlDDCiSCS"
        b"KExES1jEEEsc8SSQSJI1k0wKqaSRTgaZZEkmWyKHXPLIp4BCiiimxOOVyqnLJMqpoJIqqqmhljrqaaDx356abHX4"
        b"ZHabZbfN1rUttErbRjsddt/stLZddNNDL330M8AgQwwzwihjjDPBJFNMM+OwH2dmXZ7prjmHzDwL0i5KLP26nsus"
        b"2Earf9jbmqxfZ+ObN5surd+S2GaHXbvs3pfxvpz1QPpDjjiW/oRTu7lnnHPBJVdcc8Mtd9zzIPlHqycD/JnKuWe9"
        b"A4PX36SUUkoppZRSSimllPJYL7zy9gO9Ic9mVgb2rndg8Pp/AFxT7ek="
    ),
    dtype=np.uint16,
)
#: uint8[blocks * 256]
STAGE2 = np.frombuffer(
    _decode(
        b"eNrtXcuu5CYQHVqzyMKRoJVFVpF6wWaUSLPKIlK3ZMmb+1nzYfBt4W3A2AZs/OTM7elr8yiqqOJd3KbR+K1pvjcD"
        b"AAB+AQH59csArIFmDiYmYZ/fCaioWBNwY1SJj1VBFUS6QgL2T/1kyu8lECQPmhVKPoi0pRBfQBdCimie+GuugPuY"
        b"9ipUhlnAqahWfPOURi1PH0fKmm04rzkjwoOs2hhADAHG2OTC0GGsi6FjCdULwISzhFH0gflWEXj1IUkfAJ4Jo29y"
        b"QDIbMKDP0znWGOI/VuKSfyl8XeOz9uPFiZV/z7/61dCX2okd/n2KgQrQuo0X0EcwIH/+ZlT+oF2zRURYFp/JQcjC"
        b"rf+oOnSSRfDfWpoNlN7rBqLrRd4aRZux4ZD84/UPIow4fYQAQoYSQlP1j13twJn2zxTI2J+Sf/cKyL8c/wE9kgWS"
        b"lsER0IOF9LjQh03zdsPbnj6EBQeRk1mJcVemLL2+Rzdfg24+aTKRz3cbD1k+JX3QQa5qbTg/ESRMBLZ2pyNfQdeM"
        b"ANac+NltoE4/CuPvlfCzEOqEq+yw/ZSFRtPhKL/lBMPxaDpMIwRVL4dhPw6HXW6zyNI2cCeRR3bvu2iDEDD/X/Z4"
        b"SujXXrHh/MJc/WyxUVDQyTmWra52/w0z6mPVBUhrAqx76Xn7QyInxAbfnB3U9SOEtPUHKeg5WQrBMXIdHzi4TUf8"
        b"LEcIX1QLQqkyN62Mqcbj6v5g6GiP1vUw6+sLX8V6VzSH5o8/m9ElT387ioOMPgzSDfez9pJHco4k6fUaIAKDl3U8"
        b"uSkodcT/eJyh0GSCHUqZVrEPVTp2kXq6i13YFUbW4J5pAgVuU0PED9d8Yh6JfCk/zAwkdCqiSkAteIUWWZBgxREr"
        b"rsyXvxNFkoR1DKLt0VFbRcqUF1CRjga5pYZpIthmz1Rnrd4TxbEuLekFTCdaYiUgFocqUQC6qOW2ZeglppOP22vi"
        b"RUyLzHYAsVW3W61UnHBFCm7A8KHP4zxGMRG0EHH0z4wcec+Ba8vzSe1X9FFKgFxxt5NUSvwMGt/KZp+iD8kJUyms"
        b"VGD6oI+KuyFff860XAfie9/1++fwiUQ4NRYRux+lBis5pzGwhykpzYx4YNooKoaMe+ZkcnNcJsTWan7cwTuzJzBy"
        b"5MvdJOBHDNrhFkXEjsWQQ0nU28LodxlG6HvHqFQIgCClAJqYPs+qtBlG8G92UpS2zUrtPJg8r2LsV/wAHJDVv/+N"
        b"o4bVsBpWw2pYDbtq2BnKaPfXI8cjvzEkn33kieqS8K7Ls4eYkNrwp9Tj4UlrRuCgk/QGbLCmkQ+ElhqoX4otz+JU"
        b"864sTrQ6x5g/e+4nZo1i3hWEJznHQsJCWa9SWdXHvXQtRq4ol9j/XZLhvnqBM91/c8UI3XqEqe7HuF/85d76bgv/"
        b"yuIjzuWkP0rd+dy2GKes4/rn3zOW/63T3bbHfHCFc829CqxEbxz2jj6GgJawRuo/2x9W+P9K/2fl/x30v+ZBfQn8"
        b"ktg7A3xPINYVE2m+OCnu/Iy4BzJE3QuW3kIDwPOFgKNqtz5twzeXPMLCKG/UB1oXPuBZ5stX/abCh7ab31YUbafn"
        b"uw/A3I7nGuIwDWpr3ckyMf0RLm9YNeqstcUvDI9YSbJnk10Snpn/eVfWRI2FIP6yTaLz8hOFiM1Q3kHlea1tPrNs"
        b"SzUhoq+6ShPgXk9RQvdHzunivuHZte3pR3KgP8r0gqsYrrhJR5xXKMYgbMHd4Qz5Wd3h6XuOAi7JZjggRtybjX2P"
        b"AN+fFS5bDji8qlhd0tXvPLiJ8S+rxHpZaTL+4R+GW6jX4HBuJCz1WrVAwnPFen4+lzlEXMIJCCSwX1hh9pbL0avt"
        b"wr4Qu8A+oAJS/K36HObyH0Sx01cnn3M1kDsP1kDpczqptwXd9Fr/ZRzyq3mh+OYwU0dfqPM1ddAZhcMqsmWG5kWz"
        b"f3+wg8PtIWf4ideG5V82BqNWioL3ABfiH4w3dSDj8v8F86eKYuK5+8JFXbi5Jf/WISV90PXi65sbV/PZx8Cx11W9"
        b"GbYoz9vCIMh/4T5+3okUtpa1e9OYf+/Yh/0YhEar7zz8NYrHhzox7StYgveyPETZKPs8nPgq/efzDuT3Piw+Niil"
        b"hjv9RfR9rAwmIvksBR3PRtxGKO+kMySpXTw/JyqCqSkhsUB9oixTxhOP+ORwyjN8oIFQGywvKksmvyYi06hXcwlp"
        b"/0y9MBpIZsmN2uKj4iUBwdjxteiYsnhBR2AZvFYmpyGQr9V1j57tf4h1DSTx7/4kfpNCnF+JucpTf+lfY2spCant"
        b"oUOW9hVMRwunVZJacRRD0gBUptK2zV3KvK6ZvROb8R3a/w1XNoDfvonnQv37sD9N61/j+mM3XMZ32/PgIGICAV2M"
        b"VvXgrydD6TGc//bjKeRKbLzDeU2Se1fcHXffj5v/A+Sl/x50szPgzdBUNPUOhB7/A+YoHjw="
    ),
    dtype=np.uint8,
)
#: uint8[blocks * 256]
STAGE2_WIDE = np.frombuffer(
    _decode(
        b"eNrtXcuOrDYQvWVlkQWR7FEWWUXqhTdXiZRVFpEaCak397Puh9nfFr9fGDAPA91wZqYbMFS5yuWy8aOmaSx+bZpf"
        b"mh4A4Cco6K+fDrAFmikAAvWLmPj8rRUHAsGnJoMcQXsBmS99oO5VF/WnTkCGeATkrgQp+hlLMuKD9APuwLKOiSLo"
        b"c6oAlPwcADRxXoelKWDPzhfwOPDOmBYmhb1SmL6yvNBKLCjvUs1cA/OsSfyY34X6eyhk2UOzQc57N+2pxAfYTGgV"
        b"TTN/TGVwTdXexCg2IDJdGNq2vJXZs3ncltnjQF4XV5zHVCWiPVJdCTDFQCl1VARelNps2LuU6WXg0sWDRfzBfZsb"
        b"ZPERzR9AEhH8HQWiyUCPv3wuqo05+Us1ruXXyrclPll/kntK9e/lN4eOv7ZOGsmfcswUgLVtuoI/wRn9yyuD+odu"
        b"S49IqM6+0IPSRVz+RWUYPVYgfxdYNhi7tw7i5VXeOUObqMM5/ZfbHyaUSP6EACGOEyFj5U9j66AL678wIFf/jP5f"
        b"j4z+68mfsSOdIV0zJDJ2sJKfVHrfNePdOnGeP8YVO5GjpFS/a6Euk7bHuq9eMz/rZWK53F05dP6M9uGFpal1eXoq"
        b"SVUR3IWNjr6E42oE1EqSktvBnL5Xxl8b4Z9KuF+46nbb3zLTZDydLPec0O+PzodzQti0chT7fjh+LXWL4tkGH6Ty"
        b"wub9EGtQCpafusUzSv/sERspL15qnx11Bgov/Y4VmmvYfuMF5bHpAGTwAmxb6en6RxQlIjrfUhzy8j2EeeMPWtFT"
        b"ulSKE+xesuMQu47ytxylfFUshMzVufMyrhjPa/u9rmPYW7fdrB8/6KfU3g2rQ/P7H02D7NQBAvOnB9j9dJQb40Ys"
        b"HOxm+fxl5tOiiSWYMXSPttBHjmw8OxVPiqHWJsbs2cgMhp9KiOYT4vmFvHAypVVI0hnLMhkSp1R1bj4QjBZQIK7O"
        b"JgIrBiSziihmgDKskCeDhucGk+vpbCFaZRIzYUlyHqkfoXdwB8NWyQUYY+KPa3Niu2QIVUdbPDNXG6XyjukHEofo"
        b"820LTKa2KD1CQYXtl0C2vghL4NIOGLO1X1Jj2vKZcvDyVPJlxrTkrTY3OjsttM68LEIegmKLWiZLCZLZUUmXp5qQ"
        b"12SWNGPBh9t7Oe+5Qc6R+TJWwAUv1PLMjKy92raci0PhX8U5V/wEAa0MxRUUa1+bzCHPeWLkBdH3cKMK4MOee7QV"
        b"cHV1qEbz0dOdnAyDz0LeGfIlytUWsGI9wo0rjUjhHQRetx7nsP4BVG2n9+ufHIEa/TFpLV9fUdvKUS0FSsPdT1Oz"
        b"1nfNx7e65OfYw/zlbMeAI45uXA3L/dM7DddBeeu7ffucX5GIx/oiavajVmdlyWoMmmBMSxM9HjyvF1XCJl5zMjo5"
        b"buaXgtH8soV3bk5gYMlXOr+IoetPURTMWPQl1EyTKQw/yzDAP1lGZVIAw5wMWGZ2PauxZlwgv5tJMdY2qbX3weh6"
        b"FVd/1S/QjK7+/W8Yd9qddqfdaXfanfapae+Qx7C9Hlge+U1g9tpH+dD9ynnCRWcHrh9JNTOcPmvMCE76kt7AsQY2"
        b"AUK+bTO+nl2PA1efo8K3iAd6nXO8PyfbT9wYxfRWEPnIewwkrNT1JoV173GvXYqFI8o15n/XEDzWLujC7b9L1Yjj"
        b"csRztx9TP/grd+vHHv6xSI6yLSd+KfUrlbajdM44brr+fcHwf7C6O9wxnx3h3HKughrVuw17Z+9D4EBZA+W/eD+s"
        b"2v+r9z+b/d/Z/dcyyecgzUk4MyDnBEq3YhIrl2QlNz8TuQMZk9cD155CA0j2QuBBs9uet5Nbap5QVSkv1AYGAR/o"
        b"pPD1i35X5eNwm99eHMNNz1fvgMUNz2eowznULojJMvL6o7a8UePUhbelD4rPWEi6ZdNNEp14/0tC1hT1hTD9EVaJ"
        b"V0JPZaKUoI5Blexa2/3NsqvlQlRb9SkuIA5PUcP2B9bpUu94DvU9vicHfinTA29ScVUkHbVeoZqAuIOrI+ryi7Kj"
        b"43GOMluSXXdA9bh36/ueAel+VrxuOOD0phI0SZ8e8+AilX9dId7BSmfjb/kncAnz6i3OLURgXptmSO1cCc6/vtZt"
        b"iPiYpQ2l4lc2mKP1cvZi++C9EIcgihg+Z3+TpzBFPx9T/PP9zUc6yIM7a2Bj5uzRwy+JFnTSbcQ7lMQKyNC8WH1L"
        b"uFfHVKnTJXXSN4pIVBLqjEyr5vj24IANt6d8w58ZNmx5sDFcNFKUjQNcSX4YdnWwIPj/ivenG9XUc/WBi3vg5pLy"
        b"B4uU7ELXDx/f3LmY370PXBrn6imwR36eAXpJ6YX4tH3O5DAvFMya/qLJYBSusG17sQxbh9wumucy/DkI1PLozjAE"
        b"SzYui84gl/mL7jfPt+0zQ+95WrQhOOdOOvvFQMdIlHA3snYt+DAZFY1Qx6RzLHmYvZQSV8nc5ZAF4ClTGZNRUBdH"
        b"XxJRfvonPJMaQtDiOmf6a+RmXnRp6kHuz3mSxjOPBXrjofq4usgge3d5KQYuRes+ioOZiYnJvDlFAX7NZRPuMQn+"
        b"27IgDGQQqpCZC1HwwuDUEGT+3jCiJSstpVmY6+sjttwXMB/MnDVJHtxjBNIVwBDVdVvrWkmtXBMLBd+pPTtoZANS"
        b"/6bOK7Xv/fY6237PeD5/Vz+/sT/PdiJGkLHFYlPPHr4Zavfh0qttYpAbifHM0xpl97xxdVx9Pm76H5DX/n/QzcHA"
        b"F0NzI8LV6///Fm4TQA=="
    ),
    dtype=np.uint8,
)
#: uint8[states * 32]
BREAK = np.frombuffer(
    _decode(
        b"eNqNkN0OQDAMhZ2wrsVDq83GW5MQE7ZFb7+cnx6dp0lVndclxBBX3bbmeXpwAM7j4vLmzR89SnqcvO1gyJJliBTy"
        b"DUWymfy7H9lsv9S/xJn79N/w5QK5OaS6D+f8Bx6Tvu7Pb/8d9MtXfg=="
    ),
    dtype=np.uint8,
)
