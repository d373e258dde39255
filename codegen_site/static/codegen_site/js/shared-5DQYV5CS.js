import{a,b,c,d}from"./shared-ZQSHIRK2.js";import"./shared-MMXQ72LK.js";import"./shared-RIBDJGWX.js";export{d as css,b as cssCompletionSource,c as cssLanguage,a as defineCSSCompletionSource};
