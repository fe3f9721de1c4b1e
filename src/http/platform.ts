export const withoutPlatformResend = (init: RequestInit): RequestInit => init;
