#include "textflag.h"

// SIXTEEN finds a byte in sixteen at OFF(SI), with a bit for each in TO.
#define SIXTEEN(OFF, TO) \
	MOVOU OFF(SI), X1 \
	PCMPEQB X0, X1 \
	PMOVMSKB X1, TO

// func find(text *byte, sought uint64, marks *uint64, n int)
TEXT ·find(SB), NOSPLIT, $0-32
	MOVQ text+0(FP), SI
	MOVQ sought+8(FP), X0
	PUNPCKLQDQ X0, X0
	MOVQ marks+16(FP), DI
	MOVQ n+24(FP), CX
next:
	SIXTEEN(0, R8)
	SIXTEEN(16, R9)
	SIXTEEN(32, R10)
	SIXTEEN(48, R11)
	SHLQ $16, R9
	SHLQ $32, R10
	SHLQ $48, R11
	ORQ R9, R8
	ORQ R11, R10
	ORQ R10, R8
	MOVQ R8, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ next
	RET
